namespace Connectors.Databricks.AspNetCore.ServingEndpoints;

/// <summary>What the routes know about an endpoint before they call it.</summary>
/// <param name="Profile">The endpoint.</param>
/// <param name="Signature">The signature of its models; null if they have none, or if it cannot be read.</param>
internal sealed record EndpointDetails(EndpointProfile Profile, EndpointSignature? Signature);
