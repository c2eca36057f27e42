/* SPDX-License-Identifier: GPL-2.0 */
/* edu_nt4ioctl.h - the control codes, which are those of the edu driver */
#ifndef EDU_NT4IOCTL_H
#define EDU_NT4IOCTL_H

#define FILE_DEVICE_EDU         0x8000U
#define EDU_BUFFER_SIZE         4096

#define IOCTL_EDU_GET_ID \
    CTL_CODE(FILE_DEVICE_EDU, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_EDU_LIVENESS \
    CTL_CODE(FILE_DEVICE_EDU, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_EDU_FACTORIAL \
    CTL_CODE(FILE_DEVICE_EDU, 0x802, METHOD_BUFFERED, FILE_ANY_ACCESS)

#endif /* EDU_NT4IOCTL_H */
