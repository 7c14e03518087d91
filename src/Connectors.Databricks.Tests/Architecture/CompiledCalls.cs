using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Reads from a compiled assembly which method calls which, so that no spelling in the source hides a call.</summary>
internal static class CompiledCalls
{
    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value & 0xFFFF);

    /// <param name="Caller">The type and the method that call: <c>Namespace.Type.Method</c>.</param>
    /// <param name="Type">The type of the called member.</param>
    /// <param name="Member">The name of the called member.</param>
    /// <param name="FirstParameter">The type of its first parameter; empty when it has none.</param>
    internal sealed record Call(string Caller, string Type, string Member, string FirstParameter);

    public static IReadOnlyList<Call> In(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var calls = new List<Call>();
        foreach (
            var method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Where(
                method => method.RelativeVirtualAddress != 0))
        {
            var caller = $"{NameOf(metadata, method.GetDeclaringType())}.{metadata.GetString(method.Name)}";
            var code = file.GetMethodBody(method.RelativeVirtualAddress).GetILReader();
            while (code.RemainingBytes > 0)
            {
                if (ReadCalled(ref code) is { } token && Resolve(assembly.ManifestModule, token) is { } called)
                {
                    var first = called.GetParameters().FirstOrDefault()?.ParameterType;
                    calls.Add(
                        new Call(
                            caller, called.DeclaringType?.FullName ?? string.Empty, called.Name,
                            first?.FullName ?? first?.Name ?? string.Empty));
                }
            }
        }

        return calls;
    }

    private static int? ReadCalled(ref BlobReader code)
    {
        int value = code.ReadByte();
        var operation = Codes[value == 0xFE ? 0xFE00 | code.ReadByte() : value];
        switch (operation.OperandType)
        {
            case OperandType.InlineMethod:
                return code.ReadInt32();
            case OperandType.InlineSwitch:
                var count = code.ReadInt32();
                code.Offset += count * 4;
                return null;
            default:
                code.Offset += operation.OperandType switch
                {
                    OperandType.InlineNone => 0,
                    OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                    OperandType.InlineVar => 2,
                    OperandType.InlineI8 or OperandType.InlineR => 8,
                    _ => 4,
                };
                return null;
        }
    }

    // A member of a generic type resolves without its type arguments; what cannot be resolved so is a member of an open one.
    private static MethodBase? Resolve(Module module, int token)
    {
        try
        {
            return module.ResolveMethod(token, new Type[16].Fill(typeof(object)), new Type[16].Fill(typeof(object)));
        }
        catch (Exception exception)
            when (exception is ArgumentException or BadImageFormatException or NotSupportedException or TypeLoadException
                or System.Security.VerificationException)
        {
            return null;
        }
    }

    private static Type[] Fill(this Type[] types, Type type)
    {
        Array.Fill(types, type);
        return types;
    }

    private static string NameOf(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        return !type.GetDeclaringType().IsNil
            ? $"{NameOf(metadata, type.GetDeclaringType())}+{name}"
            : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}
