#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# `make driver` on folders as Windows driver authors have them: project files, sources in
# C++, message files, folders beside, and what only Microsoft's compiler takes.

# shellcheck source=selftests/host/driver.sh
. "$(dirname "$0")/driver.sh"

entry='
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	UNREFERENCED_PARAMETER(DriverObject);
	UNREFERENCED_PARAMETER(RegistryPath);
'

# file PATH: from standard input
file()
{
	mkdir -p "$(dirname "$tmp/$1")"
	cat >"$tmp/$1"
}

logged()
{
	grep -qF -- "$1" "$tmp/log"
}

module()
{
	[ -e "$tmp/$1" ] && nm "$tmp/$1" >"$tmp/names"
}

echo TAP version 13

# ---- `sources` ----

file ddk/sys/sources <<'END'
# A comment
TARGETNAME=ddkdrv
TARGETTYPE=DRIVER
NAME = first
!IFDEF NO_SUCH_THING
SOURCES=absent.c
!ELSE
SOURCES= $(NAME).c \
	sub\Second.c \
	..\Shared\shared.C \
	log.mc res.rc
!ENDIF
!if "$(DDK_TARGET)" == "x"
SOURCES=$(SOURCES) absent.c
!endif
INCLUDES=$(DDK_INC_PATH);..\Inc;.
C_DEFINES=/DWITH_VALUE=7 -DWITHOUT
END
file ddk/sys/first.c <<END
#include <ntddk.h>
#include "common.h"
#include "log.h"
#if WITH_VALUE != 7 || !defined(WITHOUT)
#error the definitions are not there
#endif
$entry
	C_ASSERT(LOG_STARTED == (NTSTATUS)0x40040001);
	return Second() + Shared();
}
END
printf '#include <ntddk.h>\n#include <COMMON.h>\n#include "..\\..\\shared\\own.h"\nNTSTATUS Second(void) { return OWN; }\n' | file ddk/sys/sub/second.c
printf '#include <ntddk.h>\n#include <common.h>\n#include "own.h"\nNTSTATUS Shared(void) { return OWN; }\n' | file ddk/Shared/shared.c
echo '#define OWN 1' | file ddk/Shared/own.h
printf 'NTSTATUS Second(void);\nNTSTATUS Shared(void);\n' | file ddk/inc/Common.h
printf '#error not to be built\n' | file ddk/sys/test/unused.c
printf '#error not to be built\n' | file ddk/other/unused.c
printf 'FacilityNames=(Io=0x4)\nMessageIdTypedef=NTSTATUS\nMessageId=1 Facility=Io Severity=Informational SymbolicName=LOG_STARTED\nLanguage=English\nStarted\n.\n' |
	file ddk/sys/log.mc
cp -r "$tmp/ddk" "$tmp/ddk.before"
builds "$tmp/ddk/sys" && module ddk/sys/ddkdrv.ko && grep -q Second "$tmp/names" && grep -q Shared "$tmp/names"
result "a sources file: list, macros, conditions, definitions, folders beside, messages"
logged "$tmp/ddk/sys/test/unused.c: left out, sources does not name it"
result "what it does not name is left out, and named"
rm -f "$tmp/ddk/sys/ddkdrv.ko"
diff -r "$tmp/ddk.before" "$tmp/ddk" >"$tmp/log"
result "and nothing is written"

make_list()
{
	"$top/ntcompat/tools/nt-driver" --list "$tools/list" "$1" >"$tmp/list" 2>"$tmp/log"
}

# shellcheck disable=SC2154 # common.sh sets it
tools=$(dirname "$(find "$build" -path '*/drivers/ntsrc' | head -n 1)")
make_list "$tmp/ddk/sys" && diff - "$tmp/list" >"$tmp/log" <<END
module ddkdrv
root $tmp/ddk
folder ./sys
file Shared/own.h
file Shared/shared.c
file inc/Common.h
file sys/first.c
file sys/log.mc
file sys/sources
file sys/sub/second.c
file sys/test/unused.c
END
result "what it takes can be listed, for packaging"
rm -rf "$tools/list"

cp -r "$tmp/ddk" "$tmp/gone"
rm "$tmp/gone/sys/sub/second.c"
build_fails_saying 'gone/sys/sources: sub/Second.c is not there' "$tmp/gone/sys"
result "a file that is named and not there"
sed -i 's/DRIVER$/PROGRAM/' "$tmp/gone/sys/sources"
build_fails_saying 'sources: it makes no driver but: PROGRAM' "$tmp/gone/sys"
result "a sources file of something else"
printf 'DIRS=sys \\\r\n   app\r\n' | file gone/dirs
build_fails_saying 'only a list of folders, build one of these: +sys app' "$tmp/gone"
result "a list of folders"
printf 'TARGETNAME=a\nTARGETTYPE=DRIVER\nSOURCES=a.asm\n' | file assembly/sources
build_fails_saying 'a.asm: assembly language cannot be built' "$tmp/assembly"
result "assembly language"

# ---- .vcxproj ----

file msbuild/sys/driver.vcxproj <<'END'
<?xml version="1.0" encoding="utf-8"?>
<Project ToolsVersion="12.0" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <PropertyGroup><TargetName>vcdrv</TargetName><ConfigurationType>Driver</ConfigurationType></PropertyGroup>
  <ItemDefinitionGroup>
    <ClCompile>
      <PreprocessorDefinitions>%(PreprocessorDefinitions);WITH_VALUE=7;TEXT="a b"</PreprocessorDefinitions>
      <AdditionalIncludeDirectories>%(AdditionalIncludeDirectories);$(ProjectDir)..\inc;$(DDK_INC_PATH)</AdditionalIncludeDirectories>
    </ClCompile>
  </ItemDefinitionGroup>
  <ItemGroup>
    <ClCompile Include="First.c" />
    <ClCompile Include="second.cpp"><PrecompiledHeader>Use</PrecompiledHeader></ClCompile>
    <ClCompile Include="unused.c">
      <ExcludedFromBuild>true</ExcludedFromBuild>
    </ClCompile>
    <ClInclude Include="no.h" />
    <ResourceCompile Include="driver.rc" />
    <Inf Include="..\Driver.inx" />
  </ItemGroup>
</Project>
END
sed -i 's/$/\r/' "$tmp/msbuild/sys/driver.vcxproj"
file msbuild/sys/first.c <<END
#include <ntddk.h>
#include "common.h"
#if WITH_VALUE != 7
#error the definition is not there
#endif
static const char Text[] = TEXT;
$entry
	C_ASSERT(sizeof(Text) == 4);
	return Second();
}
END
file msbuild/sys/second.cpp <<'END'
extern "C" {
#include <ntddk.h>
#include "common.h"
}
static PVOID Last;
void *operator new(size_t Size, POOL_TYPE Type) { return ExAllocatePoolWithTag(Type, Size, 'ppcC'); }
void operator delete(void *Memory) { if (Memory) ExFreePoolWithTag(Memory, 'ppcC'); }
struct Base {
	virtual ~Base() { }
	virtual NTSTATUS Answer() = 0;
};
template <int Value> struct Derived : Base {
	long wide;
	NTSTATUS Answer() override { static_assert(sizeof(wide) == 4, "long"); return Value; }
};
extern "C" NTSTATUS Second(void)
{
	Base *object = new (NonPagedPool) Derived<3>;
	NTSTATUS Status = object ? object->Answer() : STATUS_INSUFFICIENT_RESOURCES;

	Last = object;
	delete object;
	__try {
		ProbeForRead((PVOID)1, 1, 1);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Status = GetExceptionCode();
	}
	return Status;
}
END
printf 'NTSTATUS Second(void);\n' | file msbuild/inc/common.h
printf '#error not to be built\n' | file msbuild/sys/unused.c
sed 's/NTamd64/NT\x24ARCH\x24/g; s/edu\b/vcinf/g' "$top/sample_drivers/edu/edu.inf" | file msbuild/driver.inx
cp -r "$tmp/msbuild" "$tmp/msbuild.before"
builds "$tmp/msbuild/sys" && module msbuild/sys/vcinf.ko && grep -q Second "$tmp/names"
result "a .vcxproj: sources, definitions, folders, an .inx, C++"
grep -q '_ZN7DerivedILi3EE6AnswerEv' "$tmp/names"
result "with a template's virtual function"
logged "unused.c: left out, driver.vcxproj does not name it"
result "a source that is excluded"
grep -aq 'alias=pci:v00001234d000011E8' "$tmp/msbuild/sys/vcinf.ko"
result "and the device of the .inx"

cp "$tmp/msbuild/sys/driver.vcxproj" "$tmp/msbuild/sys/other.vcxproj"
build_fails_saying 'several projects, PROJECT= names one: driver.vcxproj other.vcxproj' "$tmp/msbuild/sys"
result "two projects"
PROJECT=other.vcxproj builds "$tmp/msbuild/sys"
result "of which one is named"
sed -i 's/>Driver</>Application</' "$tmp/msbuild/sys/other.vcxproj"
builds "$tmp/msbuild/sys"
result "or the other makes no driver"

# ---- C++ ----

file plus/plus.cpp <<END
#include <ntddk.h>
struct Global { Global() { DbgPrint("born"); } };
static Global global;
extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" $entry
	return STATUS_SUCCESS;
}
END
builds "$tmp/plus" && logged "plus.cpp: constructors or destructors of global objects are not called"
result "a constructor of a global object is warned of"
file missingplus/missingplus.cpp <<END
#include <ntddk.h>
extern "C" $entry
	NO_SUCH_TYPE a;
	return NtNoSuchRoutine();
}
END
build_fails_saying 'needs what ntcompat does not have: NtNoSuchRoutine$' "$tmp/missingplus" &&
	logged 'needs what ntcompat does not have: NO_SUCH_TYPE'
result "what C++ misses is named"

# ---- What only Microsoft's compiler takes ----

file microsoft/FIRST.C <<END
#include <ntddk.h>
#include "microsoft.h"
NTSTATUS Mine(ULONG a);
static PVOID Cursor;
NTSTATUS Theirs();
NTSTATUS Hidden(PVOID);
unsigned long Word = ~0UL;
$entry
	unsigned char bytes[16] = { 0 };

	C_ASSERT(sizeof(long) == 4 && sizeof(Word) == 4 && ~0UL == 0xffffffff);
	Cursor = bytes;
	((PUCHAR)Cursor)++;
	*((PULONG)Cursor)++ = 3;
	(ULONG)bytes[8] = 1;
	return Mine(1) + Theirs((UCHAR)1) + Hidden(bytes);
}
NTSTATUS Mine(LONG a) { return a; }
NTSTATUS Theirs(UCHAR a) { return a; }
static NTSTATUS Hidden(PVOID a) { return a != NULL; }
END
printf 'VOID Other(int a);\n' | file microsoft/microsoft.h
printf '#include <ntddk.h>\n#include "microsoft.h"\nVOID Other(LONG_PTR a) { }\n\x1a' | file microsoft/other.c
cp -r "$tmp/microsoft" "$tmp/microsoft.before"
builds "$tmp/microsoft"
result "declarations, casts as lvalues, long, Ctrl-Z, .C"
status=0
for line in 'FIRST.C:3: Mine is declared as' 'FIRST.C:5: Theirs is' 'FIRST.C:6: Hidden is' 'FIRST.C:18: (PUCHAR) of an lvalue' \
	'FIRST.C:19: (PULONG) of' 'FIRST.C:20: (ULONG) of' 'microsoft.h:1: Other is declared as' \
	'other.c:4: the file ends at its Ctrl-Z' 'FIRST.C:7: long has 32 bits'; do
	logged "nt-driver: $tmp/microsoft/$line" || { echo "not there: $line" >>"$tmp/log"; status=1; }
done
(exit $status)
result "all that was changed is told, with file and line"
rm -f "$tmp/microsoft/microsoft.ko"
diff -r "$tmp/microsoft.before" "$tmp/microsoft" >"$tmp/log"
result "and the sources stay as they are"

echo "1..$count"
exit $failed
