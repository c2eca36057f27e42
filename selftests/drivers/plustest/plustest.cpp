// SPDX-License-Identifier: GPL-2.0
/*
 * plustest - a driver in C++: it loads if what C++ promises holds in the kernel
 *
 * As WDK's C++: new and delete are the driver's own, there are no exceptions of C++ and
 * no type information, and structured exceptions work as in C.
 */
#include <ntddk.h>

#define TAG	'sulP'

static LONG Alive;
static ULONG Failures;

#define CHECK(condition)						\
	do {								\
		if (!(condition)) {					\
			DbgPrint("plustest: %d: %s\n", __LINE__, #condition); \
			Failures++;					\
		}							\
	} while (0)

void *operator new(size_t Size, POOL_TYPE Type)
{
	return ExAllocatePoolWithTag(Type, Size, TAG);
}

void operator delete(void *Memory)
{
	if (Memory)
		ExFreePoolWithTag(Memory, TAG);
}

class Shape {
public:
	Shape() { InterlockedIncrement(&Alive); }
	virtual ~Shape() { InterlockedDecrement(&Alive); }
	virtual ULONG Area() const = 0;
};

template <ULONG Height>
class Box : public Shape {
public:
	explicit Box(ULONG Width) : Width(Width) { }
	ULONG Area() const override { return Width * Height; }

private:
	ULONG Width;
};

static void VirtualCalls()
{
	Shape *Box1 = new (NonPagedPool) Box<3>(5);
	Shape *Box2 = new (NonPagedPool) Box<7>(11);

	CHECK(Box1 && Box2);
	if (Box1 && Box2) {
		CHECK(Alive == 2);
		CHECK(Box1->Area() == 15);
		CHECK(Box2->Area() == 77);
	}
	delete Box1;
	delete Box2;
	CHECK(Alive == 0);
}

struct Once {
	Once() { InterlockedIncrement(&Made); }
	static LONG Made;
};

LONG Once::Made;

/* A static local is made when it is first met. With a destructor it would want atexit(). */
static LONG Counter()
{
	static Once First;

	UNREFERENCED_PARAMETER(First);
	return Once::Made;
}

static NTSTATUS Raises(volatile ULONG *Steps)
{
	NTSTATUS Status = STATUS_SUCCESS;

	__try {
		__try {
			*Steps += 1;
			ExRaiseStatus(STATUS_DEVICE_BUSY);
		} __finally {
			*Steps += 10;
		}
	} __except (GetExceptionCode() == STATUS_DEVICE_BUSY ? EXCEPTION_EXECUTE_HANDLER :
		    EXCEPTION_CONTINUE_SEARCH) {
		Status = GetExceptionCode();
		*Steps += 100;
	}
	return Status;
}

extern "C" DRIVER_UNLOAD PlusUnload;
extern "C" VOID PlusUnload(PDRIVER_OBJECT DriverObject)
{
	UNREFERENCED_PARAMETER(DriverObject);
}

extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	volatile ULONG Steps = 0;

	UNREFERENCED_PARAMETER(RegistryPath);
	DriverObject->DriverUnload = PlusUnload;
	VirtualCalls();
	CHECK(Once::Made == 0);
	CHECK(Counter() == 1 && Counter() == 1);
	CHECK(Raises(&Steps) == STATUS_DEVICE_BUSY);
	CHECK(Steps == 111);
	CHECK(sizeof(wchar_t) == 2 && sizeof(PVOID) == 8 && (char)-1 < 0);
	return Failures ? STATUS_UNSUCCESSFUL : STATUS_SUCCESS;
}
