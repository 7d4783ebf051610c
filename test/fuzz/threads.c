/* SPDX-License-Identifier: BSD-2-Clause */
/* threads.c: four threads decode, encode and print the same messages concurrently from the first call on, when the
 * engine builds its tables. Compiled with -fsanitize=thread, which ends the program on a data race. */
#include <iuplus/asn1.h>
#include <iuplus/ranap.h>
#include <iuplus/rrc.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREADS 4
#define ROUNDS 40
#define MAX_MESSAGES 1000

static struct message {
	enum iuplus_rrc_channel channel;
	bool ranap;
	uint8_t octets[1024];
	size_t len;
} messages[MAX_MESSAGES];
static size_t count;
static pthread_barrier_t start;

static void read_file(const char *path, bool ranap)
{
	static const char *const channels[] = { "ul.ccch", "dl.ccch", "ul.dcch", "dl.dcch" };
	const char *top = getenv("srcdir");
	char full[1024], line[8192], *word, *last;
	unsigned octet, i;
	FILE *f;

	snprintf(full, sizeof(full), "%s/%s", top ? top : ".", path);
	f = fopen(full, "r");
	if (!f) {
		perror(full);
		exit(1);
	}
	while (fgets(line, sizeof(line), f) && count < MAX_MESSAGES) {
		struct message *m = &messages[count];

		m->ranap = ranap;
		for (i = 0; i < 4 && !ranap; i++) {
			if (strncmp(line, channels[i], strlen(channels[i])) == 0)
				m->channel = (enum iuplus_rrc_channel)i;
		}
		for (last = NULL, word = strtok(line, " \t\r\n"); word && line[0] != '#';
		     word = strtok(NULL, " \t\r\n"))
			last = word;
		for (m->len = 0; last && m->len < sizeof(m->octets) && sscanf(last + 2 * m->len, "%2x", &octet) == 1;
		     m->len++)
			m->octets[m->len] = (uint8_t)octet;
		count += m->len > 0;
	}
	fclose(f);
}

static int ranap(struct iuplus_arena *arena, struct iuplus_octets in, unsigned flags)
{
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg msg;
	struct iuplus_octets out;
	int rc = iuplus_ranap_decode(in, flags, arena, &msg, &problem);

	if (rc == IUPLUS_OK) {
		rc = iuplus_ranap_encode(&msg, flags, arena, &out);
		return rc && rc != IUPLUS_ERR_ARGUMENT ? rc : 0;
	}
	return iuplus_ranap_answer(&problem, &msg) == IUPLUS_OK ? iuplus_ranap_encode(&msg, flags, arena, &out) : 0;
}

static int rrc(struct iuplus_arena *arena, struct iuplus_octets in, enum iuplus_rrc_channel channel, unsigned flags)
{
	struct iuplus_rrc_msg msg;
	struct iuplus_rrc_error error;
	struct iuplus_octets out;
	int rc = iuplus_rrc_decode(channel, in, flags, arena, &msg, &error);

	return rc || msg.type == IUPLUS_RRC_OTHER ? rc : iuplus_rrc_encode(&msg, flags, arena, &out, &error);
}

static int generic(struct iuplus_arena *arena, const struct message *m, unsigned flags)
{
	static const char *const names[] = { "UL-CCCH-Message", "DL-CCCH-Message", "UL-DCCH-Message",
					     "DL-DCCH-Message" };
	const struct iuplus_asn1_type *type =
		m->ranap ? iuplus_asn1_find("RANAP", "RANAP-PDU") : iuplus_asn1_find("RRC", names[m->channel]);
	enum iuplus_asn1_rules rules = m->ranap ? IUPLUS_ASN1_APER : IUPLUS_ASN1_UPER;
	struct iuplus_octets out;
	void *value;
	int rc;

	iuplus_asn1_decode(type, rules, m->octets, 8 * m->len, flags, arena, &value, NULL);
	if (!value)
		return 1;
	rc = iuplus_asn1_json(type, value, arena, &out);
	return rc ? rc : iuplus_asn1_encode(type, rules, value, flags, arena, &out, NULL, NULL);
}

static void *work(void *bad)
{
	struct iuplus_arena arena;
	unsigned round;
	size_t i;

	iuplus_arena_init(&arena, 0);
	pthread_barrier_wait(&start);
	for (round = 0; round < ROUNDS; round++) {
		for (i = 0; i < count; i++) {
			const struct message *m = &messages[i];
			const struct iuplus_octets in = { m->octets, m->len };
			unsigned flags = round & 1;

			iuplus_arena_reset(&arena, false);
			if (generic(&arena, m, 0) ||
			    (m->ranap ? ranap(&arena, in, flags) : rrc(&arena, in, m->channel, flags)))
				++*(unsigned *)bad;
		}
	}
	iuplus_arena_free(&arena);
	return NULL;
}

int main(void)
{
	unsigned bad[THREADS] = { 0 }, i, sum = 0;
	pthread_t threads[THREADS];

	read_file("test/vectors/ranap-pdus.tsv", true);
	read_file("test/vectors/rrc-messages.txt", false);
	pthread_barrier_init(&start, NULL, THREADS);
	for (i = 0; i < THREADS; i++) {
		if (pthread_create(&threads[i], NULL, work, &bad[i]))
			return 1;
	}
	for (i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		sum += bad[i];
	}
	pthread_barrier_destroy(&start);
	printf("%d threads, %zu messages %d times each\n", THREADS, count, ROUNDS);
	if (sum)
		printf("%u messages went wrong\n", sum);
	return sum != 0 || count == 0;
}
