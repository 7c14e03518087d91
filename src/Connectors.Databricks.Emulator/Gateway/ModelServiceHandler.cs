using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Gateway;

/// <summary>
/// The API of model services [go]: list, get, create, update, delete, grants. Unconfirmed: every text, the codes of a wrong mask or etag,
/// and that lists and GETs hide what the caller may not call.
/// </summary>
internal sealed partial class ModelServiceHandler(DatabricksEmulatorOptions options, ModelServiceStore store)
{
    private readonly ModelServiceDocuments _documents = new(options, store.Destinations);
    private readonly ModelServiceListing _listing = new(options, store, new ModelServiceDocuments(options, store.Destinations));

    public BodyResponse Answer(ModelServiceCall call)
    {
        try
        {
            return ServerResponse.Json(200, call.Target.Operation switch
            {
                ModelServiceOperation.List => _listing.Page(call),
                ModelServiceOperation.Create => Create(call),
                _ => Answer(call, Visible(call)),
            });
        }
        catch (ApiErrorException refusal)
        {
            return ServerResponse.Error(refusal.Status, refusal.ErrorCode, refusal.Message);
        }
    }

    private JsonObject Answer(ModelServiceCall call, ModelService service) => call.Target.Operation switch
    {
        ModelServiceOperation.Get => _documents.Write(service, isFull: true),
        ModelServiceOperation.Update => Update(call, Owned(call, service)),
        ModelServiceOperation.Delete => Delete(call, Owned(call, service)),
        ModelServiceOperation.GetGrants => GrantDocuments.Page(call, service),
        ModelServiceOperation.GetEffectiveGrants => GrantDocuments.Effective(call, service),
        ModelServiceOperation.ChangeGrants => ChangeGrants(call, Owned(call, service)),
        var other => throw new InvalidOperationException($"No model service operation {other}."),
    };

    private JsonObject Create(ModelServiceCall call)
    {
        var schema = call.Parent;
        var id = call.Query.GetValueOrDefault("model_service_id") ?? "";
        if (schema?.Split('.') is not [{ Length: > 0 }, { Length: > 0 }] || !ServiceId().IsMatch(id))
        {
            throw ApiErrorException.Invalid(
                "parent must be 'schemas/<catalog>.<schema>', and model_service_id a name of a-z, 0-9, _ and -.");
        }

        if (schema == "system.ai")
        {
            throw Denied("CREATE MODEL SERVICE on schema system.ai");
        }

        var body = Body(call);
        var config = body.Object("config")?.DeepClone() as JsonObject ?? throw ApiErrorException.Invalid("config is required.");
        ModelServiceConfigRules.Check(config);
        ReadOnlyMembers.Remove(config);
        var service = store.Make($"{schema}.{id}", config, body.Text("comment"), body.Text("owner") ?? call.Caller.Name, call.Caller.Name);
        service.Grants.Add(call.Caller.Name, "ALL_PRIVILEGES");
        return store.TryAdd(service)
            ? _documents.Write(service, isFull: true)
            : throw new ApiErrorException(409, "RESOURCE_ALREADY_EXISTS", $"Model service '{service.Name}' already exists.");
    }

    private JsonObject Update(ModelServiceCall call, ModelService service)
    {
        var masks = (call.Query.GetValueOrDefault("update_mask") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (service.IsSystem && masks.FirstOrDefault(mask => mask is not ("config.rate_limits" or "config.inference_table")) is string mask)
        {
            throw ApiErrorException.Invalid($"update_mask '{mask}' is not supported for system model services.");
        }

        var (state, served) = ModelServiceUpdate.Apply(service.State, masks, Body(call), store.Destinations);
        var now = options.TimeProvider.GetUtcNow();
        if (!service.TryChange(
            call.Query.GetValueOrDefault("etag"),
            before => state with { Version = before.Version, UpdatedAt = now, UpdatedBy = call.Caller.Name }))
        {
            throw Conflict(service);
        }

        if (served is not null)
        {
            service.Endpoint.Life.Deploy((_, version) => served with { Version = version }, atOnce: true);
        }

        return _documents.Write(service, isFull: true);
    }

    private JsonObject Delete(ModelServiceCall call, ModelService service)
    {
        if (service.IsSystem)
        {
            throw Denied($"the right to delete model service '{service.Name}'");
        }

        if (call.Query.GetValueOrDefault("etag") is string etag && etag != service.Etag)
        {
            throw Conflict(service);
        }

        store.Remove(service);
        return [];
    }

    private ApiErrorException Conflict(ModelService service) => new(
        options.Quirks.StaleEtagCode == "FAILED_PRECONDITION" ? 400 : 409,
        options.Quirks.StaleEtagCode,
        $"The etag does not match that of model service '{service.Name}', which was changed meanwhile.");

    private JsonObject ChangeGrants(ModelServiceCall call, ModelService service)
    {
        foreach (var change in Body(call).Objects("changes"))
        {
            var principal = change.Text("principal") ?? throw ApiErrorException.Invalid("A change of permissions needs a principal.");
            foreach (var privilege in Privileges(change, "add"))
            {
                service.Grants.Add(principal, privilege);
            }

            foreach (var privilege in Privileges(change, "remove"))
            {
                service.Grants.Remove(principal, privilege);
            }
        }

        return GrantDocuments.Page(call with { Query = new Dictionary<string, string>() }, service);
    }

    private static string[] Privileges(JsonObject change, string member)
    {
        string[] privileges = change[member] is JsonArray list ? [.. list.Select(one => one.Text() ?? "")] : [];
        return privileges.FirstOrDefault(one => one is not ("EXECUTE" or "READ_METADATA" or "MANAGE" or "ALL_PRIVILEGES")) is string unknown
            ? throw ApiErrorException.Invalid($"Privilege {unknown} is not applicable to this entity [MODEL_SERVICE].")
            : privileges;
    }

    private ModelService Visible(ModelServiceCall call) =>
        store.Find(call.Target.Name) is ModelService service && service.IsVisibleTo(call.Caller)
            ? service
            : throw new ApiErrorException(
                404, options.Quirks.MissingModelServiceCode, $"Model service '{call.Target.Name}' does not exist.");

    private static ModelService Owned(ModelServiceCall call, ModelService service) =>
        call.Caller.Is(service.State.Owner) || service.Grants.Allows(call.Caller, "MANAGE")
            ? service
            : throw Denied($"MANAGE on model service '{service.Name}'");

    private static ApiErrorException Denied(string privilege) => new(403, "PERMISSION_DENIED", $"User does not have {privilege}.");

    private JsonObject Body(ModelServiceCall call)
    {
        var body = call.Json ?? throw new ApiErrorException(400, "MALFORMED_REQUEST", "Malformed request: the body is not a JSON object.");
        if (options.Quirks.RejectsReadOnlyMembers)
        {
            ReadOnlyMembers.Reject(body);
        }

        return body;
    }

    [GeneratedRegex("^[a-z0-9_-]{1,255}$")]
    private static partial Regex ServiceId();
}
