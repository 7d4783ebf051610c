/* SPDX-License-Identifier: BSD-2-Clause */
/* iu_log.c: the clock and the log of an Iu endpoint. */
#include "src/net/iu_internal.h"
#include "src/net/sctp_internal.h"

#include <stdarg.h>
#include <stdio.h>

uint64_t iu_now(const struct iuplus_iu *iu)
{
	return sctp_clock_ms() + (uint64_t)iu->clock_offset;
}

void iu_say(const struct iuplus_iu *iu, bool notice, const char *format, ...)
{
	char line[256];
	va_list args;

	if (iu->callbacks.log == NULL || iu->closing)
		return;
	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	iu->callbacks.log(iu->callbacks.user, notice, line);
}
