using System.Globalization;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Gateway;

/// <summary>
/// Writes grants: by principal and in pages [docs:api/uc-grants/v1/get-permissions]. Unconfirmed: the length of a page, and that the owner
/// of a service has no entry among the effective grants.
/// </summary>
internal static class GrantDocuments
{
    private const int PageLength = 50;

    public static JsonObject Page(ModelServiceCall call, ModelService service) =>
        Page(call, service, privilege => JsonValue.Create(privilege));

    /// <summary>Privileges of the schema and the catalog are not emulated, so none is inherited.</summary>
    public static JsonObject Effective(ModelServiceCall call, ModelService service) =>
        Page(call, service, privilege => new JsonObject { ["privilege"] = privilege });

    private static JsonObject Page(ModelServiceCall call, ModelService service, Func<string, JsonNode> write)
    {
        var principal = call.Query.GetValueOrDefault("principal");
        var all = service.Grants.All.Where(grant => principal is null || grant.Principal == principal).ToArray();
        var (start, length) = (Number(call, "page_token") ?? 0, Number(call, "max_results"));
        var end = length is null ? all.Length : Math.Min(start + (length == 0 ? PageLength : length.Value), all.Length);
        var json = new JsonObject
        {
            ["privilege_assignments"] = new JsonArray([.. all[Math.Min(start, end)..end].Select(grant => new JsonObject
            {
                ["principal"] = grant.Principal,
                ["privileges"] = new JsonArray([.. grant.Privileges.Select(write)]),
            })]),
        };
        if (end < all.Length)
        {
            json["next_page_token"] = end.ToString(CultureInfo.InvariantCulture);
        }

        return json;
    }

    private static int? Number(ModelServiceCall call, string name) =>
        call.Query.GetValueOrDefault(name) is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw ApiErrorException.Invalid($"{name} is invalid.");
}
