using System.Reflection;
using PublicApiGenerator;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>The public API of an assembly as PublicApiGenerator writes it, without what differs from build to build.</summary>
internal static class PublicApi
{
    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,

        // The generator leaves out namespaces of Microsoft and System by default, where our extension methods are.
        DenyNamespacePrefixes = [],
        ExcludeAttributes =
        [
            "System.Runtime.CompilerServices.CompilerGeneratedAttribute",
            "System.Runtime.CompilerServices.IsReadOnlyAttribute",
            "System.Text.Json.Serialization.JsonIgnoreAttribute",
        ],
    };

    public static string Of(Assembly assembly) => $"{assembly.GeneratePublicApi(Options).ReplaceLineEndings("\n").TrimEnd()}\n";
}
