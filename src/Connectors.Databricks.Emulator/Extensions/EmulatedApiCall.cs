using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Extensions;

/// <summary>An admitted request to an <see cref="IEmulatedApi"/>.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Segments">The segments of the path, unescaped.</param>
/// <param name="Json">The body; null when it is no JSON object.</param>
/// <param name="Authorization">The authorization header, with which the caller may query models.</param>
/// <param name="Id">The id of the request.</param>
internal sealed record EmulatedApiCall(string Method, string[] Segments, JsonObject? Json, string? Authorization, Guid Id);
