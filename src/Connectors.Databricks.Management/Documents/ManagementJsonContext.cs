using System.Text.Json;
using System.Text.Json.Serialization;
using Connectors.Databricks.Management.Json;

namespace Connectors.Databricks.Management.Documents;

/// <summary>Source-generated JSON contracts of endpoint documents.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    RespectNullableAnnotations = false,
    Converters = [typeof(TolerantBooleanConverter), typeof(TolerantInt32Converter), typeof(TolerantStringConverter)])]
[JsonSerializable(typeof(ServingEndpoint))]
[JsonSerializable(typeof(EndpointList))]
[JsonSerializable(typeof(EndpointDefinition))]
[JsonSerializable(typeof(EndpointConfig))]
[JsonSerializable(typeof(WrappedConfig))]
[JsonSerializable(typeof(TagChanges))]
[JsonSerializable(typeof(TagList))]
[JsonSerializable(typeof(IReadOnlyList<EndpointTag>))]
[JsonSerializable(typeof(RateLimitList))]
[JsonSerializable(typeof(AIGatewayConfig))]
[JsonSerializable(typeof(NotificationsDocument))]
[JsonSerializable(typeof(TelemetryDocument))]
[JsonSerializable(typeof(LogDocument))]
[JsonSerializable(typeof(ModelOptimizationInfo))]
[JsonSerializable(typeof(EmailNotifications))]
[JsonSerializable(typeof(ExportDocument))]
[JsonSerializable(typeof(ThroughputCommitment))]
internal sealed partial class ManagementJsonContext : JsonSerializerContext, IManagementContracts;

/// <summary>The response to a list request; the key is missing when there are no endpoints.</summary>
internal sealed record EndpointList(
    [property: JsonConverter(typeof(EndpointListConverter))] IReadOnlyList<ServingEndpoint>? Endpoints);

/// <summary>The body of a provisioned throughput update, which nests the configuration.</summary>
internal sealed record WrappedConfig(
    EndpointConfig Config, CommitmentRenewal? PtCommitmentAutoRenew, CommitmentRelocation? RelocatePtCommitment);

internal sealed record TagChanges(IReadOnlyList<EndpointTag>? AddTags, IReadOnlyList<string>? DeleteTags);

internal sealed record TagList(
    [property: JsonConverter(typeof(TagListConverter))] IReadOnlyList<EndpointTag>? Tags);

internal sealed record RateLimitList(
    [property: JsonConverter(typeof(RateLimitListConverter))] IReadOnlyList<RateLimit>? RateLimits);

internal sealed record NotificationsDocument(EmailNotifications? EmailNotifications);

internal sealed record TelemetryDocument(EndpointTelemetryConfig? TelemetryConfig);

internal sealed record ExportDocument(SystemMetricsExport UcSystemMetricsExportState);

internal sealed record LogDocument(string? Logs);
