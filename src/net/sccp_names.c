/* SPDX-License-Identifier: BSD-2-Clause */
/* sccp_names.c: names of SCCP's types and causes (Q.713 table 1, 3.11, 3.15), for logs. */
#include "src/net/sccp.h"

const char *iuplus_sccp_type_name(unsigned type)
{
	static const char *const names[] = { "?",   "CR",  "CC",  "CREF", "RLSD",  "RLC",  "DT1",
					     "DT2", "AK",  "UDT", "UDTS", "ED",    "EA",   "RSR",
					     "RSC", "ERR", "IT",  "XUDT", "XUDTS", "LUDT", "LUDTS" };

	return type < sizeof(names) / sizeof(names[0]) ? names[type] : "?";
}

const char *iuplus_sccp_release_cause_name(unsigned cause)
{
	static const char *const names[] = {
		"end user originated",
		"end user congestion",
		"end user failure",
		"SCCP user originated",
		"remote procedure error",
		"inconsistent connection data",
		"access failure",
		"access congestion",
		"subsystem failure",
		"subsystem congestion",
		"MTP failure",
		"network congestion",
		"expiration of reset timer",
		"expiration of receive inactivity timer",
		"?",
		"unqualified",
		"SCCP failure"
	};

	return cause < sizeof(names) / sizeof(names[0]) ? names[cause] : "?";
}

const char *iuplus_sccp_refusal_cause_name(unsigned cause)
{
	static const char *const names[] = {
		"end user originated",
		"end user congestion",
		"end user failure",
		"SCCP user originated",
		"destination address unknown",
		"destination inaccessible",
		"quality of service not available (lasting)",
		"quality of service not available (passing)",
		"access failure",
		"access congestion",
		"subsystem failure",
		"subsystem congestion",
		"expiration of the connection establishment timer",
		"incompatible user data",
		"?",
		"unqualified",
		"hop counter violation",
		"SCCP failure",
		"no translation for such an address",
		"unequipped user"
	};

	return cause < sizeof(names) / sizeof(names[0]) ? names[cause] : "?";
}
