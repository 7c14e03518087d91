using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>The <c>authorization_details</c> (RFC 9396) that limit a token to route-optimized endpoints.</summary>
internal static class AuthorizationDetails
{
    private const string Type = "workspace_permission";
    private const string ObjectType = "serving-endpoints";
    private const string Query = "query_inference_endpoint";
    private const string Manage = "manage_inference_endpoint";

    /// <summary>The authorization details for a token request, from the endpoint's document. They contain the id, not the name.</summary>
    public static string For(ServingEndpoint endpoint) => CompactJson.Write(new JsonArray(new JsonObject
    {
        ["type"] = Type,
        ["object_type"] = ObjectType,
        ["object_path"] = PathOf(endpoint),
        ["actions"] = new JsonArray(Query),
    }));

    /// <summary>The paths of the endpoints that a token with these details may query.</summary>
    /// <exception cref="OAuthException">They are malformed, or name what is not there.</exception>
    public static IReadOnlySet<string> Read(string text, IEnumerable<ServingEndpoint> endpoints)
    {
        HashSet<string> known = [.. endpoints.Select(PathOf)];
        HashSet<string> granted = [];
        foreach (var detail in Parse(text))
        {
            var path = detail.Text("object_path");
            List<string?> actions = detail["actions"] is JsonArray list ? [.. list.Select(action => action.Text())] : [];
            if (detail.Text("type") != Type || detail.Text("object_type") != ObjectType || path is null || !known.Contains(path)
                || actions.Count == 0 || actions.Exists(action => action is not (Query or Manage)))
            {
                throw Refusal();
            }

            if (actions.Contains(Query))
            {
                granted.Add(path);
            }
        }

        return granted;
    }

    public static string PathOf(ServingEndpoint endpoint) => $"/serving-endpoints/{endpoint.Id}";

    /// <summary>
    /// The code is documented for a principal without CAN QUERY. Unconfirmed: the text, and the code for what is malformed.
    /// </summary>
    public static OAuthException Refusal() =>
        new(400, "invalid_authorization_details", "The authorization_details are invalid, or not granted to this principal.");

    private static List<JsonObject> Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonArray { Count: > 0 } list && list.All(one => one is JsonObject)
                ? [.. list.OfType<JsonObject>()]
                : throw Refusal();
        }
        catch (JsonException)
        {
            throw Refusal();
        }
    }
}
