using System.Text.Json.Serialization;

namespace Connectors.Databricks.Tests.Predictions.NonFinite;

/// <summary>A row with a number wherever a contract can have one.</summary>
internal sealed record MeasuredRow(
    double Real, float Single, Half Half, double? Maybe, string? Text, int? Count, List<double> List, Dictionary<string, double> Map)
{
    /// <summary>The row as a value of Python.</summary>
    public object? ToPython() => new List<KeyValuePair<string, object?>>
    {
        new("real", Real), new("single", (double)Single), new("half", (double)Half), new("maybe", Maybe), new("text", Text),
        new("count", (double?)Count), new("list", List.ConvertAll(number => (object?)number)),
        new("map", Map.Select(member => new KeyValuePair<string, object?>(member.Key, member.Value)).ToList()),
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(MeasuredRow))]
[JsonSerializable(typeof(Dictionary<string, object>))]
internal sealed partial class MeasuredRowJson : JsonSerializerContext;
