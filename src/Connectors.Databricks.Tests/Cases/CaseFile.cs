using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Connectors.Databricks.Tests.Cases;

/// <summary>Reads the cases of this folder, which are embedded in the assembly.</summary>
internal static class CaseFile
{
    public static T Read<T>(string name, JsonTypeInfo<T> contract)
    {
        using var stream = typeof(CaseFile).Assembly.GetManifestResourceStream($"Connectors.Databricks.Tests.Cases.{name}")
            ?? throw new InvalidOperationException($"The assembly has no resource '{name}'.");
        return JsonSerializer.Deserialize(stream, contract) ?? throw new InvalidOperationException($"'{name}' is empty.");
    }
}
