/* SPDX-License-Identifier: BSD-2-Clause */
/* sccp_names.c: names of SCCP's types and causes (Q.713 table 1, 3.11, 3.15), for logs. */
#include "src/net/sccp.h"

#define NAME(id, value, name) \
	case value: \
		return name;

const char *iuplus_sccp_type_name(unsigned type)
{
	switch (type) {
		IUPLUS_SCCP_TYPES(NAME)
	default:
		return "?";
	}
}

const char *iuplus_sccp_release_cause_name(unsigned cause)
{
	switch (cause) {
		IUPLUS_SCCP_RELEASE_CAUSES(NAME)
	default:
		return "?";
	}
}

const char *iuplus_sccp_refusal_cause_name(unsigned cause)
{
	switch (cause) {
		IUPLUS_SCCP_REFUSAL_CAUSES(NAME)
	default:
		return "?";
	}
}
