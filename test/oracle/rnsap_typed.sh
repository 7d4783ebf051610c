#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The typed RNSAP messages compared with Erlang's values. IUPLUS_ORACLE_COUNT: values per message.
. "${srcdir:=.}/test/oracle/setup.sh"
setup rnsap
exec python3 "$here/rnsap_typed.py" "$IUPLUS_ORACLE_DB" "$top_builddir/test/unit/rnsap_print"
