/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_subscriber.c: what the core keeps of a subscriber between connections. */
#include <string.h>

#include <iuplus/cn.h>

int iuplus_cn_subscriber_init(struct iuplus_cn_subscriber *subscriber, const char *imsi)
{
	size_t n = strnlen(imsi, 16), i;

	if (n < 6 || n > 15)
		return IUPLUS_ERR_ARGUMENT;
	for (i = 0; i < n; i++)
		if (imsi[i] < '0' || imsi[i] > '9')
			return IUPLUS_ERR_ARGUMENT;
	memset(subscriber, 0, sizeof(*subscriber));
	memcpy(subscriber->imsi, imsi, n);
	subscriber->cksn = IUPLUS_CN_NO_KEY;
	return IUPLUS_OK;
}
