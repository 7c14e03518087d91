using System.Collections;

namespace Connectors.Databricks.SemanticKernel.Tests.TestServices;

/// <summary>
/// An environment in which exactly these variables of Databricks are set, until it is disposed of. It is that of the whole process, so its
/// tests run alone.
/// </summary>
internal sealed class Variables : IDisposable
{
    private const string Prefix = "DATABRICKS_";

    private readonly Dictionary<string, string?> _before = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Where(variable => ((string)variable.Key).StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value);

    public Variables(params (string Name, string Value)[] variables)
    {
        foreach (var name in _before.Keys)
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        foreach (var (name, value) in variables)
        {
            Environment.SetEnvironmentVariable($"{Prefix}{name}", value);
            _before.TryAdd($"{Prefix}{name}", null);
        }
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}

/// <summary>Tests that change the environment: one after the other, when no other test runs.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EnvironmentGroup
{
    public const string Name = "environment";
}
