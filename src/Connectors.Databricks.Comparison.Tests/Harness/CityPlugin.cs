using System.ComponentModel;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>A plugin whose functions remember that they were called.</summary>
public sealed class CityPlugin
{
    public List<string> Invocations { get; } = [];

    [KernelFunction, Description("Tells the weather in a city.")]
    public string Weather([Description("The city.")] string city)
    {
        Invocations.Add($"Weather({city})");
        return $"Sunny in {city}";
    }

    [KernelFunction, Description("Adds up people.")]
    public int Count(int adults, int children = 0)
    {
        Invocations.Add($"Count({adults}, {children})");
        return adults + children;
    }

    [KernelFunction, Description("Tags a street.")]
    public Street Tag(string name, string[] tags)
    {
        Invocations.Add($"Tag({name}: {string.Join(", ", tags)})");
        return new Street(name, tags);
    }

    [KernelFunction, Description("Always fails.")]
    public string Fail() => throw new InvalidOperationException("The bridge is closed.");
}

public sealed record Street(string Name, IReadOnlyList<string> Tags);
