using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connectors.Databricks.Endpoints;

/// <summary>The contracts of the management documents, for reading and writing without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    RespectNullableAnnotations = false)]
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
[JsonSerializable(typeof(EndpointPermissions))]
[JsonSerializable(typeof(GrantList))]
[JsonSerializable(typeof(PermissionLevelList))]
[JsonSerializable(typeof(LogDocument))]
[JsonSerializable(typeof(ModelOptimizationInfo))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class DatabricksJsonContext : JsonSerializerContext;

/// <summary>The answer to a list; the key is missing where there is no endpoint.</summary>
internal sealed record EndpointList(IReadOnlyList<ServingEndpoint>? Endpoints);

/// <summary>The body of an update of provisioned throughput, which wraps what others send flat.</summary>
internal sealed record WrappedConfig(EndpointConfig Config);

internal sealed record TagChanges(IReadOnlyList<EndpointTag>? AddTags, IReadOnlyList<string>? DeleteTags);

internal sealed record TagList(IReadOnlyList<EndpointTag>? Tags);

internal sealed record RateLimitList(IReadOnlyList<RateLimit>? RateLimits);

internal sealed record NotificationsDocument(EmailNotifications? EmailNotifications);

internal sealed record TelemetryDocument(EndpointTelemetryConfig? TelemetryConfig);

internal sealed record GrantList(IReadOnlyList<EndpointGrant> AccessControlList);

internal sealed record PermissionLevelList(IReadOnlyList<EndpointPermissionDescription>? PermissionLevels);

internal sealed record LogDocument(string? Logs);
