using System.Globalization;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Gateway;

/// <summary>Lists model services, page by page.</summary>
internal sealed class ModelServiceListing(DatabricksEmulatorOptions options, ModelServiceStore store, ModelServiceDocuments documents)
{
    private const int MaxPageSize = 100;

    /// <summary>
    /// Pages before the caller's permissions are applied, so that a page can be empty and still have a successor [issue unity-gateway#464].
    /// </summary>
    public JsonObject Page(ModelServiceCall call)
    {
        var schema = call.Parent;
        var size = PageSize(call);
        var start = PageStart(call);
        ModelService[] all = [.. store.All.Where(service => schema is null || service.Schema == schema)];
        var empty = options.Management.EmptyModelServicePages * size;
        var from = Math.Clamp(start - empty, 0, all.Length);
        var to = Math.Clamp(start + size - empty, 0, all.Length);
        var isFull = call.Query.GetValueOrDefault("view") == "FULL";
        var json = new JsonObject
        {
            ["model_services"] = new JsonArray(
            [
                .. all[from..to].Where(service => service.IsVisibleTo(call.Caller))
                    .Select(service => documents.Write(service, isFull)),
            ]),
        };
        if (options.Quirks.RepeatsPageTokens)
        {
            json["next_page_token"] = Token(size);
        }
        else if (to < all.Length)
        {
            json["next_page_token"] = Token(start + size);
        }

        return json;
    }

    private static int PageSize(ModelServiceCall call)
    {
        if (!call.Query.TryGetValue("page_size", out var text) || text.Length == 0)
        {
            return MaxPageSize;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size <= MaxPageSize
            ? size == 0 ? MaxPageSize : size
            : throw ApiErrorException.Invalid($"page_size must be between 0 and {MaxPageSize}.");
    }

    private static int PageStart(ModelServiceCall call)
    {
        if (call.Query.GetValueOrDefault("page_token") is not { Length: > 0 } token)
        {
            return 0;
        }

        return token.StartsWith('p') && int.TryParse(token[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? start
            : throw ApiErrorException.Invalid("page_token is invalid.");
    }

    private static string Token(int start) => string.Create(CultureInfo.InvariantCulture, $"p{start}");
}
