using Connectors.Databricks.Management.Json;

namespace Connectors.Databricks.Management.Documents;

/// <summary>Reads <c>endpoints</c>.</summary>
internal sealed class EndpointListConverter() : DocumentListConverter<ServingEndpoint>("endpoints");

/// <summary>Reads <c>tags</c> of a response.</summary>
internal sealed class TagListConverter() : DocumentListConverter<EndpointTag>("tags");

/// <summary>Reads <c>rate_limits</c> of a response.</summary>
internal sealed class RateLimitListConverter() : DocumentListConverter<RateLimit>("rate_limits");

/// <summary>Reads <c>commitments</c>.</summary>
internal sealed class CommitmentListConverter() : DocumentListConverter<ThroughputCommitment>("commitments");
