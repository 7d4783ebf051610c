#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""scenarios.py --oracle ORACLE-DIR --k HEX --opc HEX [NAME ...]

Runs networks whose SGSN has other settings than iuplus-relocate gives it (freshness, legacy-target-keys), relocates the phone, and
gives each capture to check_capture.py. Prints the failed ones; exit status 1 if there are any.
"""
import argparse
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '../e2e'))
from judged import merge    # noqa: E402
from live import Network    # noqa: E402
from relocate import Bench, Failed, check    # noqa: E402

BACK, THERE = ('target-rnc', 'source-rnc'), ('source-rnc', 'target-rnc')
# name: the kinds of source and target; lines of the SGSN's [security]; (source, target, kind of keys afterwards) of each relocation;
# the rules of the judge that the setting breaks
SCENARIOS = {
    'freshness-none': ('enhanced', 'enhanced', ['freshness none'], [(*THERE, 'enhanced')], []),
    'freshness-none-after-legacy': ('legacy', 'enhanced', ['freshness none'], [(*THERE, 'enhanced')], []),
    'freshness-counter': ('legacy', 'enhanced', ['freshness counter'], [(*THERE, 'enhanced')], []),
    'freshness-rand': ('enhanced', 'enhanced', ['freshness rand'], [(*THERE, 'enhanced')], []),
    # and the mapped pair of such keys
    'freshness-rand-and-back': ('legacy', 'enhanced', ['freshness rand'], [(*THERE, 'enhanced'), (*BACK, 'mapped')], []),
    # the method's letter: the SGSN writes CK and IK into the container
    'ck-ik': ('enhanced', 'legacy', ['legacy-target-keys ck-ik'], [(*THERE, 'legacy')], ['R-9.2.1.28-04']),
}


class Settled(Network):
    """A network whose SGSN has these lines in [security]."""

    def __init__(self, bench, folder, source, target, lines, breaks):
        super().__init__(bench, folder, '--source', source, '--target', target)
        self.breaks = breaks
        path = self.out + '/sgsn.conf'
        with open(path, encoding='utf-8') as f:
            text = f.read()
        for line in lines:
            word = line.split()[0]
            text = '\n'.join(x for x in text.split('\n') if x.split()[:1] != [word])
        check(text.count('[security]') == 1, 'sgsn.conf has no [security]')
        with open(path, 'w', encoding='utf-8') as f:
            f.write(text.replace('[security]\n', '[security]\n' + ''.join(x + '\n' for x in lines)))

    def judge(self):
        merge(self.captures, self.out + '/live.pcapng')
        self.bench.judge(self.out + '/live.pcapng', breaks=self.breaks)


def run(bench, name, a):
    source, target, lines, relocations, breaks = SCENARIOS[name]
    with bench.dir() as folder:
        net = Settled(bench, folder, source, target, lines, breaks)
        with net:
            for origin, to, kind in relocations:
                net.relocate(origin, to, kind)
                net.exchange()
            last = {'ue': net.keys('ue'), 'target-rnc': net.keys(relocations[-1][1])}
        with open(net.out + '/result.json', 'w', encoding='utf-8') as f:
            json.dump({'keys': [{k: keys[k] for k in ('domain', 'kind', 'ik', 'ck')} | {'node': node} for node, keys in last.items()]}, f)
        done = subprocess.run([sys.executable, HERE + '/check_capture.py', '--oracle', a.oracle, '--k', a.k, '--opc', a.opc,
                               '--result', net.out + '/result.json', '--flips', '2', net.out + '/live.pcapng'],
                              capture_output=True, text=True)
        if os.environ.get('IUPLUS_VERBOSE'):
            print(name, done.stdout, end='')
        check(done.returncode == 0, (done.stdout + done.stderr)[-1500:])


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--oracle', required=True)
    ap.add_argument('--k', required=True)
    ap.add_argument('--opc', required=True)
    ap.add_argument('names', nargs='*')
    a = ap.parse_args()
    builddir = os.environ.get('top_builddir', os.path.join(HERE, '../../build'))
    bench = Bench(os.path.abspath(os.path.join(builddir, 'src/iuplus-relocate')), 'auto')
    failed = 0
    for name in a.names or SCENARIOS:
        try:
            run(bench, name, a)
        except Failed as e:
            failed = 1
            print('capture of scenario %s: %s' % (name, e))
    return failed


if __name__ == '__main__':
    sys.exit(main())
