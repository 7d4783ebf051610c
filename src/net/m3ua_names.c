/* SPDX-License-Identifier: BSD-2-Clause */
/* m3ua_names.c: names of M3UA's errors, states and results (RFC 4666 3.6.2, 3.8), for logs. */
#include "src/net/m3ua.h"

static const struct {
	uint32_t code;
	const char *name;
} errors[] = { { IUPLUS_M3UA_E_VERSION, "invalid version" },
	       { IUPLUS_M3UA_E_CLASS, "unsupported message class" },
	       { IUPLUS_M3UA_E_TYPE, "unsupported message type" },
	       { IUPLUS_M3UA_E_TRAFFIC_MODE, "unsupported traffic mode type" },
	       { IUPLUS_M3UA_E_UNEXPECTED, "unexpected message" },
	       { IUPLUS_M3UA_E_PROTOCOL, "protocol error" },
	       { IUPLUS_M3UA_E_STREAM, "invalid stream identifier" },
	       { IUPLUS_M3UA_E_BLOCKED, "refused - management blocking" },
	       { IUPLUS_M3UA_E_ASP_ID_REQUIRED, "ASP identifier required" },
	       { IUPLUS_M3UA_E_ASP_ID, "invalid ASP identifier" },
	       { IUPLUS_M3UA_E_PARAMETER_VALUE, "invalid parameter value" },
	       { IUPLUS_M3UA_E_PARAMETER_FIELD, "parameter field error" },
	       { IUPLUS_M3UA_E_PARAMETER_UNEXPECTED, "unexpected parameter" },
	       { IUPLUS_M3UA_E_DESTINATION, "destination status unknown" },
	       { IUPLUS_M3UA_E_NETWORK_APPEARANCE, "invalid network appearance" },
	       { IUPLUS_M3UA_E_PARAMETER_MISSING, "missing parameter" },
	       { IUPLUS_M3UA_E_ROUTING_CONTEXT, "invalid routing context" },
	       { IUPLUS_M3UA_E_NO_AS, "no configured AS for ASP" } };

const char *iuplus_m3ua_error_name(unsigned error)
{
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (errors[i].code == error)
			return errors[i].name;
	return "?";
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
