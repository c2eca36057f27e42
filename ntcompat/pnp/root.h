/* SPDX-License-Identifier: GPL-2.0 */
/* Root-enumerated devices: those that no bus reports. */
#ifndef _NTCOMPAT_PNP_ROOT_H
#define _NTCOMPAT_PNP_ROOT_H

struct nt_driver;

void nt_roots_add(struct nt_driver *driver);
void nt_roots_remove(struct nt_driver *driver);
void nt_detected_remove(struct nt_driver *driver);

#endif /* _NTCOMPAT_PNP_ROOT_H */
