# SPDX-License-Identifier: BSD-2-Clause
# The procedures as pure state machines.
pkginclude_HEADERS += include/iuplus/rnc.h include/iuplus/ue.h
include src/proc/cn.mk
