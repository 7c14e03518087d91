using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator.Management;

/// <summary>
/// The query schema of an endpoint (§9.9), in the shape of the documentation's sample: one path for each served entity, each input
/// format as one of several. Unconfirmed: schemas of anything but models with a signature.
/// </summary>
internal static class OpenApiText
{
    /// <returns>Null when nothing the endpoint serves has a signature.</returns>
    public static JsonObject? Write(ServingEndpoint endpoint, EndpointConfig active, string host)
    {
        var paths = new JsonObject();
        foreach (var entity in active.Entities.Where(entity => entity.Model?.Classic is not null))
        {
            paths[$"/served-models/{entity.Name}/invocations"] = new JsonObject { ["post"] = Operation() };
        }

        return paths.Count == 0 ? null : new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = endpoint.Name, ["version"] = $"{active.Version}" },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = $"{host}/serving-endpoints/{endpoint.Name}" }),
            ["paths"] = paths,
        };
    }

    private static JsonObject Operation() => new()
    {
        ["requestBody"] = new JsonObject { ["content"] = Json(new JsonObject { ["oneOf"] = new JsonArray(Split(), Records()) }) },
        ["responses"] = new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = "Successful operation",
                ["content"] = Json(new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject { ["predictions"] = ListOf(Double()) },
                }),
            },
        },
    };

    private static JsonObject Split() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["dataframe_split"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["columns"] = new JsonObject
                    {
                        ["description"] = $"required fields: {string.Join(", ", LinearModel.Columns)}",
                        ["type"] = "array",
                        ["items"] = new JsonObject { ["type"] = "string", ["enum"] = Columns() },
                    },
                    ["data"] = ListOf(new JsonObject
                    {
                        ["type"] = "array",
                        ["prefixItems"] = new JsonArray([.. LinearModel.Columns.Select(_ => Double())]),
                    }),
                },
            },
            ["params"] = Parameters(),
        },
        ["examples"] = new JsonArray(new JsonObject
        {
            ["columns"] = Columns(),
            ["data"] = new JsonArray(new JsonArray(12, 70.5), new JsonArray(48, 20)),
        }),
    };

    private static JsonObject Records() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["dataframe_records"] = ListOf(new JsonObject
            {
                ["required"] = Columns(),
                ["type"] = "object",
                ["properties"] = new JsonObject(LinearModel.Columns.Select(column => KeyValuePair.Create(column, (JsonNode?)Double()))),
            }),
            ["params"] = Parameters(),
        },
    };

    // The sample writes defaults as text.
    private static JsonObject Parameters() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["decimals"] = new JsonObject { ["type"] = "integer", ["format"] = "int64", ["default"] = "6" },
        },
    };

    private static JsonArray Columns() => new([.. LinearModel.Columns.Select(column => (JsonNode)column)]);

    private static JsonObject Double() => new() { ["type"] = "number", ["format"] = "double" };

    private static JsonObject ListOf(JsonObject item) => new() { ["type"] = "array", ["items"] = item };

    private static JsonObject Json(JsonObject schema) => new() { ["application/json"] = new JsonObject { ["schema"] = schema } };
}
