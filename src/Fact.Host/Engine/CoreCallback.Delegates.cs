using System;
using Wasmtime;

namespace Fact.Host.Engine;

/// <summary>The delegates that the engine's package takes: up to 12 parameters, and a result or none, or two as the built-ins for strings have them.</summary>
internal abstract partial class CoreCallback
{
    private static readonly Type[][] Shapes =
    [
        [
            typeof(Action0), typeof(Action1<>), typeof(Action2<,>), typeof(Action3<,,>), typeof(Action4<,,,>), typeof(Action5<,,,,>), typeof(Action6<,,,,,>),
            typeof(Action7<,,,,,,>), typeof(Action8<,,,,,,,>), typeof(Action9<,,,,,,,,>), typeof(Action10<,,,,,,,,,>), typeof(Action11<,,,,,,,,,,>),
            typeof(Action12<,,,,,,,,,,,>),
        ],
        [
            typeof(Func0<>), typeof(Func1<,>), typeof(Func2<,,>), typeof(Func3<,,,>), typeof(Func4<,,,,>), typeof(Func5<,,,,,>), typeof(Func6<,,,,,,>),
            typeof(Func7<,,,,,,,>), typeof(Func8<,,,,,,,,>), typeof(Func9<,,,,,,,,,>), typeof(Func10<,,,,,,,,,,>), typeof(Func11<,,,,,,,,,,,>),
            typeof(Func12<,,,,,,,,,,,,>),
        ],
        [
            typeof(Pair0<,>), typeof(Pair1<,,>), typeof(Pair2<,,,>), typeof(Pair3<,,,,>), typeof(Pair4<,,,,,>), typeof(Pair5<,,,,,,>),
        ],
    ];

    private sealed class Action0(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback(store, Call);

        private void Call() => body([], []);
    }

    private sealed class Action1<A>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A>(store, Call);

        private void Call(A? a) => body([CoreValues.From(a)], []);
    }

    private sealed class Action2<A, B>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B>(store, Call);

        private void Call(A? a, B? b) => body([CoreValues.From(a), CoreValues.From(b)], []);
    }

    private sealed class Action3<A, B, C>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C>(store, Call);

        private void Call(A? a, B? b, C? c) => body([CoreValues.From(a), CoreValues.From(b), CoreValues.From(c)], []);
    }

    private sealed class Action4<A, B, C, D>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D>(store, Call);

        private void Call(A? a, B? b, C? c, D? d) => body([CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d)], []);
    }

    private sealed class Action5<A, B, C, D, E>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, E>(store, Call);

        private void Call(A? a, B? b, C? c, D? d, E? e) => body([CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d), CoreValues.From(e)], []);
    }

    private sealed class Action6<A, B, C, D, E, F>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, E, F>(store, Call);

        private void Call(A? a, B? b, C? c, D? d, E? e, F? f) => body(
            [
                CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d), CoreValues.From(e), CoreValues.From(f)
            ],
            []);
    }

    private sealed class Action7<A, B, C, D, E, F, G>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, E, F, G>(store, Call);

        private void Call(A? a, B? b, C? c, D? d, E? e, F? f, G? g) => body(
            [
                CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d), CoreValues.From(e), CoreValues.From(f), CoreValues.From(g)
            ],
            []);
    }

    private sealed class Action8<A, B, C, D, E, F, G, H>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, E, F, G, H>(store, Call);

        private void Call(A? a, B? b, C? c, D? d, E? e, F? f, G? g, H? h) => body(
            [
                CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d), CoreValues.From(e), CoreValues.From(f), CoreValues.From(g),
                CoreValues.From(h)
            ],
            []);
    }

    private sealed class Action9<A, B, C, D, E, F, G, H, I>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, E, F, G, H, I>(store, Call);

        private void Call(A? a, B? b, C? c, D? d, E? e, F? f, G? g, H? h, I? i) => body(
            [
                CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d), CoreValues.From(e), CoreValues.From(f), CoreValues.From(g),
                CoreValues.From(h), CoreValues.From(i)
            ],
            []);
    }

    private sealed class Action10<A, B, C, D, E, F, G, H, I, J>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, E, F, G, H, I, J>(store, Call);

        private void Call(A? a, B? b, C? c, D? d, E? e, F? f, G? g, H? h, I? i, J? j) => body(
            [
                CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d), CoreValues.From(e), CoreValues.From(f), CoreValues.From(g),
                CoreValues.From(h), CoreValues.From(i), CoreValues.From(j)
            ],
            []);
    }

    private sealed class Action11<A, B, C, D, E, F, G, H, I, J, K>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, E, F, G, H, I, J, K>(store, Call);

        private void Call(A? a, B? b, C? c, D? d, E? e, F? f, G? g, H? h, I? i, J? j, K? k) => body(
            [
                CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d), CoreValues.From(e), CoreValues.From(f), CoreValues.From(g),
                CoreValues.From(h), CoreValues.From(i), CoreValues.From(j), CoreValues.From(k)
            ],
            []);
    }

    private sealed class Action12<A, B, C, D, E, F, G, H, I, J, K, L>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, E, F, G, H, I, J, K, L>(store, Call);

        private void Call(A? a, B? b, C? c, D? d, E? e, F? f, G? g, H? h, I? i, J? j, K? k, L? l) => body(
            [
                CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d), CoreValues.From(e), CoreValues.From(f), CoreValues.From(g),
                CoreValues.From(h), CoreValues.From(i), CoreValues.From(j), CoreValues.From(k), CoreValues.From(l)
            ],
            []);
    }
}
