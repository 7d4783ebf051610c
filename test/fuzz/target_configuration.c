/* SPDX-License-Identifier: BSD-2-Clause */
/* target_configuration.c: configuration files: any text is accepted, or rejected with a line that gives the reason;
 * settings print as text that reads back the same. Octet 0 selects the program. */
#include "test/fuzz/fuzz.h"

#include "src/node/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static union {
	struct node_sgsn_settings sgsn;
	struct node_rnc_settings rnc;
	struct node_ue_settings ue;
	struct node_subscribers_settings subscribers;
} settings[2];

static const struct node_conf_section *defaults(unsigned which, unsigned i)
{
	memset(&settings[i], 0, sizeof(settings[i]));
	switch (which) {
	case 0:
		node_sgsn_defaults(&settings[i].sgsn);
		return node_sgsn_table;
	case 1:
		node_rnc_defaults(&settings[i].rnc);
		return node_rnc_table;
	case 2:
		node_ue_defaults(&settings[i].ue);
		return node_ue_table;
	default:
		return node_subscribers_table;
	}
}

static void use(unsigned which)
{
	struct iuplus_cn_rnc rncs[NODE_MAX_RNCS];
	struct iuplus_cn_config cn;
	struct iuplus_rnc_config rnc;
	struct iuplus_ue_rrc_config rrc;
	struct iuplus_ue_nas_config nas;
	const char *why = NULL;
	int rc = 0;

	switch (which) {
	case 0:
		rc = node_sgsn_config(&settings[0].sgsn, &cn, rncs, &why);
		break;
	case 1:
		rc = node_rnc_config(&settings[0].rnc, &rnc, &why);
		break;
	case 2:
		rc = node_ue_config(&settings[0].ue, &rrc, &nas, &why);
		break;
	default:
		break;
	}
	fuzz_check(rc == 0 || why, "%d without a reason", rc);
}

static char *print(const struct node_conf_section *table, unsigned i, size_t *len)
{
	char *text = NULL;
	FILE *f = open_memstream(&text, len);

	fuzz_check(f && node_conf_print(f, table, &settings[i]) == 0 && fclose(f) == 0, "print");
	return text;
}

static void configuration_run(const uint8_t *data, size_t len)
{
	const struct node_conf_section *table;
	char error[NODE_CONF_ERROR], *first, *second;
	unsigned which;
	size_t n, k;
	int rc;

	if (len == 0)
		return;
	which = data[0] % 4;
	table = defaults(which, 0);
	rc = node_conf_parse("file", (const char *)data + 1, len - 1, table, &settings[0], error);
	if (rc) {
		fuzz_check(memchr(error, 0, sizeof(error)) && strncmp(error, "file", 4) == 0, "error: %.600s", error);
		return;
	}
	use(which);
	first = print(table, 0, &n);
	defaults(which, 1);
	rc = node_conf_parse("print", first, n, table, &settings[1], error);
	fuzz_check(rc == 0, "printed text is rejected: %s", error);
	second = print(table, 1, &k);
	fuzz_check(n == k && memcmp(first, second, n) == 0, "it prints differently:\n%s\n%s", first, second);
	free(first);
	free(second);
}

static void configuration_seeds(struct fuzz_random *r, unsigned count, fuzz_add *add, void *user)
{
	static const char *const texts[] = {
		"name sgsn\nsubscribers s.conf\n[network]\nmcc 001\nmnc 01\nlac 0x1234\nrac 1\n"
		"[iu]\nsctp auto\nlisten 127.0.0.1:2905\n"
		"point-code 1\n[algorithms]\nintegrity uia2 uia1\nencryption uea2 uea0\n"
		"[security]\nenhanced yes\naka auto\n"
		"[rnc 1]\nname source\npoint-code 2\ncapability unknown\n",
		"name rnc\nrnc-id 1\nenhanced yes\n[network]\nmcc 001\nmnc 01\nlac 1\nrac 1\n"
		"[cell]\nlisten 127.0.0.1:4000\n"
		"cell-id 1\nscrambling-code 9\n[iu]\nsctp usrsctp\npoint-code 2\n"
		"[sgsn]\nname sgsn\naddress 127.0.0.1:2905\npoint-code 1\n"
		"[algorithms]\nintegrity uia2\nencryption uea2\n[neighbour 2]\nname target\ncell-id 2\nlac 1\nrac 1\n",
		"name ue\nenhanced-security prefer\n[usim]\nimsi 001010123456789\nk 465b5ce8b199b49faa5f0a2ee238a6bc\n"
		"opc cd63cb71954a9f4e48a5994e37a02baf\namf 8000\nsqn 0\n[network]\nmcc 001\nmnc 01\n"
		"[algorithms]\nintegrity uia2\n"
		"encryption uea2\n[cell 9]\nrnc source\naddress 127.0.0.1:4000\n",
		"[subscriber 001010123456789]\nk 465b5ce8b199b49faa5f0a2ee238a6bc\n"
		"opc cd63cb71954a9f4e48a5994e37a02baf\namf 8000\nsqn 0\n"
	};
	uint8_t buf[2048];
	unsigned i;

	(void)r;
	(void)count;
	for (i = 0; i < 4; i++) {
		const struct node_conf_section *table = defaults(i, 0);
		char *text;
		size_t n;

		buf[0] = (uint8_t)i;
		memcpy(buf + 1, texts[i], strlen(texts[i]));
		add(user, buf, 1 + strlen(texts[i]));
		text = print(table, 0, &n);
		if (n < sizeof(buf)) {
			memcpy(buf + 1, text, n);
			add(user, buf, 1 + n);
		}
		free(text);
	}
}

/* Words from elsewhere in the file, and numbers. */
static size_t configuration_mutate(uint8_t *data, size_t len, size_t max, struct fuzz_random *r)
{
	static const char *const words[] = {
		"yes", "no", "0", "1",  "-1",   "4294967296", "0x",          "0xffffffffffffffff", "\n[",
		"]\n", "#",  " ", "\n", "uia1", "uea0",       "127.0.0.1:1", "256.0.0.1:65536",    "name",
		""
	};
	const char *word = words[fuzz_below(r, sizeof(words) / sizeof(*words))];
	size_t n = strlen(word), at, end;

	if (len < 4)
		return 0;
	at = 1 + fuzz_below(r, len - 1);
	if (fuzz_one_in(r, 2)) { /* a whole line is removed, or repeated */
		while (at > 1 && data[at - 1] != '\n')
			at--;
		for (end = at; end < len && data[end] != '\n'; end++)
			;
		n = end - at + (end < len);
		if (fuzz_one_in(r, 2)) {
			memmove(data + at, data + at + n, len - at - n);
			return len - n;
		}
		if (len + n > max)
			return 0;
		memmove(data + at + n, data + at, len - at);
		return len + n;
	}
	while (at > 1 && data[at - 1] > ' ')
		at--;
	for (end = at; end < len && data[end] > ' '; end++)
		;
	if (len - (end - at) + n > max)
		return 0;
	memmove(data + at + n, data + end, len - end);
	memcpy(data + at, word, n);
	return len - (end - at) + n;
}

const struct fuzz_target fuzz_configuration = { "configuration", configuration_run, configuration_seeds,
						configuration_mutate };
