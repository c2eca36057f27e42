/* SPDX-License-Identifier: GPL-2.0 */
/* PnP requests to a device's stack. All PASSIVE_LEVEL. */
#ifndef _NTCOMPAT_PNP_REQUEST_H
#define _NTCOMPAT_PNP_REQUEST_H

#include "devnode.h"

NTSTATUS nt_pnp_send(struct nt_devnode *devnode, UCHAR minor);
struct nt_irp *nt_pnp_irp(struct nt_devnode *devnode);
NTSTATUS nt_pnp_send_irp(struct nt_devnode *devnode, struct nt_irp *nt, UCHAR minor,
			 ULONG_PTR *information);

NTSTATUS nt_pnp_query_id(struct nt_devnode *devnode, BUS_QUERY_ID_TYPE type, PWCHAR *id);
NTSTATUS nt_pnp_query_text(struct nt_devnode *devnode, DEVICE_TEXT_TYPE type, PWCHAR *text);
NTSTATUS nt_pnp_query_capabilities(struct nt_devnode *devnode);
NTSTATUS nt_pnp_query_relations(struct nt_devnode *devnode, DEVICE_RELATION_TYPE type,
				PDEVICE_RELATIONS *relations);
NTSTATUS nt_pnp_query_state(struct nt_devnode *devnode, PNP_DEVICE_STATE *state);
NTSTATUS nt_pnp_query_bus(struct nt_devnode *devnode, PPNP_BUS_INFORMATION *bus);
NTSTATUS nt_pnp_query_requirements(struct nt_devnode *devnode,
				   PIO_RESOURCE_REQUIREMENTS_LIST *requirements);
NTSTATUS nt_pnp_query_resources(struct nt_devnode *devnode, PCM_RESOURCE_LIST *resources);
NTSTATUS nt_pnp_filter_requirements(struct nt_devnode *devnode,
				    PIO_RESOURCE_REQUIREMENTS_LIST *requirements);

#endif /* _NTCOMPAT_PNP_REQUEST_H */
