# SPDX-License-Identifier: BSD-2-Clause
noinst_HEADERS += test/unit/cunit_main.h
