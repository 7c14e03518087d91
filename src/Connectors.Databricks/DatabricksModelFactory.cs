using System.Text.Json;
using Connectors.Databricks.Discovery.Documents;
using Connectors.Databricks.Discovery.Profiles;

namespace Connectors.Databricks;

/// <summary>Creates the objects that clients return, for tests of an app that mock the clients.</summary>
public static class DatabricksModelFactory
{
    /// <summary>
    /// Creates the profile of an endpoint, or of a model service, from its document, as <see cref="EndpointDirectory"/> does.
    /// </summary>
    /// <param name="document">
    /// The JSON document of the endpoint, which has a <c>name</c>; that of a model service begins with <c>model-services/</c>.
    /// </param>
    /// <param name="models">The capability records of models; <see langword="null"/> for the built-in ones.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentException">The document has no <c>name</c>.</exception>
    /// <exception cref="JsonException">The document is not JSON.</exception>
    public static EndpointProfile EndpointProfile(string document, DatabricksModelCapabilities? models = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        using var parsed = JsonDocument.Parse(document);
        var endpoint = DiscoveredEndpoint.ReadAny(parsed.RootElement.Clone())
            ?? throw new ArgumentException("The document has no 'name'.", nameof(document));
        return ProfileFromEndpoint.Read(endpoint, models ?? DatabricksModelCapabilities.BuiltIn);
    }
}
