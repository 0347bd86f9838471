using System.Linq;
using Fact.Ir;

namespace Fact.Host.Engine;

/// <summary>The delegates of i32 alone, as most functions of a host are: they are there whether or not the program can make code of new types.</summary>
internal abstract partial class CoreCallback
{
    private static CoreCallback? OfIntegers(CoreFuncType type, CoreBody body)
    {
        if (!AreIntegers(type.Params) || !AreIntegers(type.Results))
            return null;
        return (type.Results.Length, type.Params.Length) switch
        {
            (0, 0) => new Action0(body),
            (0, 1) => new Action1<int>(body),
            (0, 2) => new Action2<int, int>(body),
            (0, 3) => new Action3<int, int, int>(body),
            (0, 4) => new Action4<int, int, int, int>(body),
            (0, 5) => new Action5<int, int, int, int, int>(body),
            (0, 6) => new Action6<int, int, int, int, int, int>(body),
            (0, 7) => new Action7<int, int, int, int, int, int, int>(body),
            (0, 8) => new Action8<int, int, int, int, int, int, int, int>(body),
            (0, 9) => new Action9<int, int, int, int, int, int, int, int, int>(body),
            (0, 10) => new Action10<int, int, int, int, int, int, int, int, int, int>(body),
            (0, 11) => new Action11<int, int, int, int, int, int, int, int, int, int, int>(body),
            (0, 12) => new Action12<int, int, int, int, int, int, int, int, int, int, int, int>(body),
            (1, 0) => new Func0<int>(body),
            (1, 1) => new Func1<int, int>(body),
            (1, 2) => new Func2<int, int, int>(body),
            (1, 3) => new Func3<int, int, int, int>(body),
            (1, 4) => new Func4<int, int, int, int, int>(body),
            (1, 5) => new Func5<int, int, int, int, int, int>(body),
            (1, 6) => new Func6<int, int, int, int, int, int, int>(body),
            (1, 7) => new Func7<int, int, int, int, int, int, int, int>(body),
            (1, 8) => new Func8<int, int, int, int, int, int, int, int, int>(body),
            (1, 9) => new Func9<int, int, int, int, int, int, int, int, int, int>(body),
            (1, 10) => new Func10<int, int, int, int, int, int, int, int, int, int, int>(body),
            (1, 11) => new Func11<int, int, int, int, int, int, int, int, int, int, int, int>(body),
            (1, 12) => new Func12<int, int, int, int, int, int, int, int, int, int, int, int, int>(body),
            _ => null,
        };
    }

    private static bool AreIntegers(EquatableArray<CoreValType> types) => types.Items.All(type => type == CoreValType.I32);
}
