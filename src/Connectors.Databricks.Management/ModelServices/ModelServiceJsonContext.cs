using System.Text.Json.Serialization;
using Connectors.Databricks.Management.Json;

namespace Connectors.Databricks.Management.ModelServices;

/// <summary>The contracts of the documents of model services, for reading and writing without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    RespectNullableAnnotations = false,
    Converters = [typeof(TolerantBooleanConverter), typeof(TolerantInt32Converter), typeof(TolerantStringConverter)])]
[JsonSerializable(typeof(ModelService))]
[JsonSerializable(typeof(ModelServiceList))]
[JsonSerializable(typeof(ModelServiceBody))]
[JsonSerializable(typeof(GrantPage))]
[JsonSerializable(typeof(EffectiveGrantPage))]
[JsonSerializable(typeof(GrantChanges))]
internal sealed partial class ModelServiceJsonContext : JsonSerializerContext;

/// <summary>A page of model services.</summary>
internal sealed record ModelServiceList(
    [property: JsonConverter(typeof(ModelServiceListReading))] IReadOnlyList<ModelService>? ModelServices, string? NextPageToken);

/// <summary>The body of a creation, or of an update: the parts that its mask names.</summary>
internal sealed record ModelServiceBody : EndpointDocument
{
    public string? Comment { get; init; }

    public string? Owner { get; init; }

    public ModelServiceConfig? Config { get; init; }
}

internal sealed record GrantPage(IReadOnlyList<ModelServiceGrant?>? PrivilegeAssignments, string? NextPageToken);

internal sealed record EffectiveGrantPage(IReadOnlyList<ModelServiceEffectiveGrant?>? PrivilegeAssignments, string? NextPageToken);

internal sealed record GrantChanges(IReadOnlyList<ModelServiceGrantChange> Changes);
