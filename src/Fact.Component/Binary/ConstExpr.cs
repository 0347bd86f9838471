namespace Fact.Component.Binary;

/// <summary>Constant expressions of core modules, to skip them. Spec: expr (core binary format).</summary>
internal static class ConstExpr
{
    /// <summary>Skips an expression, its <c>end</c> included.</summary>
    public static void Skip(ref ByteReader r)
    {
        while (!r.Failed)
        {
            long start = r.Offset;
            byte opcode = r.Byte();
            switch (opcode)
            {
                case 0x0b:
                    return;
                case 0x41:
                    r.SkipS32();
                    break;
                case 0x42:
                    r.SkipS64();
                    break;
                case 0x43:
                    r.Raw(4);
                    break;
                case 0x44:
                    r.Raw(8);
                    break;
                case 0x23 or 0xd2:
                    r.U32();
                    break;
                case 0xd0:
                    CoreTypeDecoder.HeapType(ref r);
                    break;
                case (>= 0x6a and <= 0x6c) or (>= 0x7c and <= 0x7e):
                    break;
                case 0xfb:
                    SkipGc(ref r, r.U32(), start);
                    break;
                case 0xfd:
                    if (r.U32() != 0x0c)
                        FailNotConstant(ref r, start);
                    r.Raw(16);
                    break;
                default:
                    FailNotConstant(ref r, start);
                    break;
            }
        }
    }

    private static void SkipGc(ref ByteReader r, uint opcode, long start)
    {
        switch (opcode)
        {
            case 0 or 1 or 6 or 7 or 0x20 or 0x21:
                r.U32();
                break;
            case 8:
                r.U32();
                r.U32();
                break;
            case 0x1a or 0x1b or 0x1c:
                break;
            default:
                FailNotConstant(ref r, start);
                break;
        }
    }

    private static void FailNotConstant(ref ByteReader r, long start) =>
        r.Fail("instruction that no constant expression can have", start);
}
