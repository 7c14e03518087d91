using System.Text.Json.Serialization;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

internal sealed record Forecast(string CityName, IReadOnlyList<int> Degrees);

/// <summary>The contracts that a caller brings for types of their own.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Forecast))]
internal sealed partial class CallerContracts : JsonSerializerContext;
