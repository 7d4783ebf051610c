/* SPDX-License-Identifier: BSD-2-Clause */
/* m3ua_names.c: names of M3UA's errors, states and results (RFC 4666 3.6.2, 3.8), for logs. */
#include "src/net/m3ua.h"

const char *iuplus_m3ua_error_name(unsigned error)
{
	switch (error) {
#define NAME(id, value, name) \
	case value: \
		return name;
		IUPLUS_M3UA_ERRORS(NAME)
#undef NAME
	default:
		return "?";
	}
}

const char *iuplus_m3ua_status_name(unsigned type, unsigned info)
{
	static const char *const as[] = { "?", "?", "AS inactive", "AS active", "AS pending" };
	static const char *const other[] = { "?", "insufficient ASP resources", "alternate ASP active", "ASP failure" };

	if (type == 1 && info < sizeof(as) / sizeof(as[0]))
		return as[info];
	return type == 2 && info < sizeof(other) / sizeof(other[0]) ? other[info] : "?";
}

const char *iuplus_m3ua_registration_name(unsigned status)
{
	static const char *const names[] = {
		"routing key registered",
		"registration refused: unknown error",
		"registration refused: invalid destination point code",
		"registration refused: invalid network appearance",
		"registration refused: invalid routing key",
		"registration refused: permission denied",
		"registration refused: unique routing not possible",
		"registration refused: routing key not provisioned",
		"registration refused: insufficient resources",
		"registration refused: unsupported parameter in routing key",
		"registration refused: unsupported traffic mode",
		"registration refused: routing key change refused",
		"routing key already registered"
	};

	return status < sizeof(names) / sizeof(names[0]) ? names[status] : "registration refused: ?";
}
