using System.ComponentModel;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Tests.TestServices;

/// <summary>A plugin that records its function calls.</summary>
public sealed class CityPlugin
{
    public List<string> Calls { get; } = [];

    [KernelFunction, Description("Tells the weather in a city.")]
    public string Weather([Description("The city.")] string city)
    {
        lock (Calls)
        {
            Calls.Add($"Weather({city})");
        }

        return $"Sunny in {city}";
    }

    [KernelFunction, Description("Adds up people.")]
    public int Count(int men, int women)
    {
        Calls.Add($"Count({men}, {women})");
        return men + women;
    }

    [KernelFunction, Description("Always fails.")]
    public string Fail() => throw new InvalidOperationException("The bridge is closed.");
}
