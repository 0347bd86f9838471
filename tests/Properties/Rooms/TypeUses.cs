using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace Fact.Properties.Rooms;

/// <summary>Which types a type uses: in its bases, in the types of its members and in the code of its methods, with what is nested in it.</summary>
internal static class TypeUses
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>The type that is not nested in which a type is.</summary>
    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>The types of the same assembly that a type which is not nested uses, each as the outermost.</summary>
    public static HashSet<Type> Of(Type type)
    {
        var uses = new HashSet<Type>();
        Collect(type, uses);
        return [.. uses.Where(used => used.Assembly == type.Assembly).Select(Outermost).Where(used => used != type)];
    }

    private static void Collect(Type type, HashSet<Type> uses)
    {
        Add(type.BaseType, uses);
        foreach (var one in type.GetInterfaces())
            Add(one, uses);
        foreach (var field in type.GetFields(All))
            Add(field.FieldType, uses);
        foreach (var method in type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All)))
            Collect(method, uses);
        foreach (var nested in type.GetNestedTypes(All))
            Collect(nested, uses);
    }

    private static void Collect(MethodBase method, HashSet<Type> uses)
    {
        foreach (var parameter in method.GetParameters())
            Add(parameter.ParameterType, uses);
        Add((method as MethodInfo)?.ReturnType, uses);
        if (method.GetMethodBody() is not { } body)
            return;
        foreach (var local in body.LocalVariables)
            Add(local.LocalType, uses);
        foreach (int token in Tokens(body.GetILAsByteArray()!))
        {
            var member = method.Module.ResolveMember(
                token,
                method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null,
                method.IsGenericMethod ? method.GetGenericArguments() : null);
            Add(member as Type ?? member!.DeclaringType, uses);
            if (member is MethodInfo { IsGenericMethod: true } called)
            {
                foreach (var argument in called.GetGenericArguments())
                    Add(argument, uses);
            }
        }
    }

    private static void Add(Type? type, HashSet<Type> uses)
    {
        if (type is null || type.IsGenericParameter)
            return;
        if (type.HasElementType)
        {
            Add(type.GetElementType(), uses);
            return;
        }
        foreach (var argument in type.GenericTypeArguments)
            Add(argument, uses);
        uses.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
    }

    /// <summary>The metadata tokens in the code of a method.</summary>
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (int at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE)
                value = (short)((0xFE << 8) | code[at++]);
            var operand = OpCodes[value].OperandType;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return BitConverter.ToInt32(code, at);
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}
