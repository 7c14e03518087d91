using System.Net;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Management.ModelServices;

/// <summary>The life of a model service over real HTTP: created, granted, called, and deleted.</summary>
public sealed class EmulatedModelServiceTests : IAsyncLifetime
{
    private const string Name = EmulatedServices.Name;

    private EmulatedServices _workspace = null!;

    private ModelServicesClient Services => _workspace.Services;

    public async Task InitializeAsync() => _workspace = await EmulatedServices.StartAsync();

    public Task DisposeAsync() => _workspace.DisposeAsync().AsTask();

    [Fact]
    public async Task A_service_is_created_listed_called_and_deleted()
    {
        var created = await _workspace.CreateAsync();
        var other = await _workspace.DestinationAsync("other", "system.ai.kimi-k3");
        var again = await Services.CreateIfNotExistsAsync(EmulatedServices.Definition(other));

        Assert.Equal((Name, created.Etag), (again.Name, again.Etag));
        Assert.Equal([Name], (await Services.ListAsync("main.ai")).Select(service => service.Name));
        Assert.Contains("system.ai.claude-sonnet-4-5", (await Services.ListAsync()).Select(service => service.Name));
        Assert.Equal("champion", await _workspace.AnsweredByAsync());
        await Services.DeleteAsync(Name, created.Etag);
        Assert.Null(await Services.FindAsync(Name));
        Assert.Equal(
            DatabricksServingErrorKind.ModelServiceNotFound,
            (await Assert.ThrowsAsync<DatabricksServingException>(() => _workspace.AnsweredByAsync())).Kind);
    }

    [Fact]
    public async Task A_name_in_use_is_a_conflict()
    {
        await _workspace.CreateAsync();

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(_workspace.CreateAsync);

        Assert.Equal((HttpStatusCode.Conflict, "RESOURCE_ALREADY_EXISTS"), (exception.StatusCode, exception.ErrorCode));
    }

    [Fact]
    public async Task What_was_read_is_sent_back_whole_and_in_every_part()
    {
        await _workspace.CreateAsync();
        await Services.UpdateRateLimitsAsync(Name, [new ModelServiceRateLimit { Requests = 500 }]);
        await Services.UpdateInferenceTableAsync(Name, ModelServiceInferenceTable.In("main.logs"));
        await Services.UpdateFallbacksAsync(Name, [await _workspace.DestinationAsync("backup", "system.ai.kimi-k3")]);

        foreach (var field in ModelServiceFields.All)
        {
            var read = await Services.GetAsync(Name);
            var updated = await Services.UpdateAsync(read with { Comment = field }, [field, ModelServiceFields.Comment]);
            Assert.Equal((read.Config, field), (updated.Config, updated.Comment));
            Assert.NotEqual(read.Etag, updated.Etag);
        }

        Assert.Equal("tables/main.logs.chat_payload", (await Services.GetAsync(Name)).Config!.InferenceTable!.Table);
        Assert.Null((await Services.UpdateInferenceTableAsync(Name, null)).Config!.InferenceTable);
    }

    [Theory]
    [InlineData("RESOURCE_CONFLICT")]
    [InlineData("ABORTED")]
    [InlineData("FAILED_PRECONDITION")]
    public async Task A_concurrent_change_is_not_overwritten(string code)
    {
        await using var workspace = await EmulatedServices.StartAsync(options => options.Quirks.StaleEtagCode = code);
        var services = workspace.Services;
        var ours = await services.CreateAsync(EmulatedServices.Definition(await workspace.DestinationAsync("a", "system.ai.kimi-k3")));
        await services.UpdateAsync(ours with { Comment = "Theirs." }, [ModelServiceFields.Comment]);

        foreach (var call in (Func<Task>[])
        [
            () => services.UpdateAsync(ours with { Comment = "Ours." }, [ModelServiceFields.Comment]),
            () => services.UpdateRateLimitsAsync(Name, [], ours.Etag),
            () => services.DeleteAsync(Name, ours.Etag),
        ])
        {
            var conflict = await Assert.ThrowsAsync<DatabricksServingException>(call);
            Assert.Equal((DatabricksServingErrorKind.ConcurrentChange, code), (conflict.Kind, conflict.ErrorCode));
        }

        Assert.Equal("Theirs.", (await services.GetAsync(Name)).Comment);
    }

    [Fact]
    public async Task Execute_lets_a_principal_call_and_its_end_does_not()
    {
        await _workspace.CreateAsync();
        var principal = _workspace.Principal;

        Assert.Equal(DatabricksServingErrorKind.PermissionDenied, await FailureAsync(principal));
        Assert.Contains(
            await Services.Grants.GrantExecuteAsync(Name, _workspace.Emulator.ClientId),
            grant => grant.Principal == _workspace.Emulator.ClientId && grant.Privileges.Contains(ModelServicePrivilege.Execute));
        Assert.Null(await FailureAsync(principal));
        Assert.Equal(
            [ModelServicePrivilege.Execute],
            Assert.Single(await Services.Grants.GetEffectiveAsync(Name, _workspace.Emulator.ClientId)).Privileges
                .Select(one => one.Privilege));
        await Services.Grants.RevokeExecuteAsync(Name, _workspace.Emulator.ClientId);
        Assert.Equal(DatabricksServingErrorKind.PermissionDenied, await FailureAsync(principal));
        Assert.DoesNotContain(await Services.Grants.GetAsync(Name), grant => grant.Principal == _workspace.Emulator.ClientId);
    }

    [Fact]
    public async Task Without_permission_nothing_is_read_or_changed_and_the_reason_is_given()
    {
        await _workspace.CreateAsync();
        await Services.Grants.GrantExecuteAsync(Name, _workspace.Emulator.ClientId);
        var onlyQueries = EmulatedServices.Client(_workspace.Emulator, EmulatedServices.OnlyQueries).GetManagementClient().ModelServices;
        var principal = _workspace.Principal.GetManagementClient().ModelServices;

        foreach (var (call, hint) in new (Func<Task>, string)[]
        {
            (() => onlyQueries.ListAsync(), "Ask for EXECUTE or READ_METADATA on the model service"),
            (() => onlyQueries.GetAsync(Name), "Ask for EXECUTE or READ_METADATA on the model service"),
            (() => onlyQueries.Grants.GetAsync(Name), "Ask for EXECUTE or READ_METADATA on the model service"),
            (() => principal.UpdateRateLimitsAsync(Name, []), "Ask for MANAGE on the model service"),
            (() => principal.DeleteAsync(Name), "Ask for MANAGE on the model service"),
            (() => principal.Grants.GrantExecuteAsync(Name, "mallory"), "Ask for MANAGE on the model service"),
            (() => principal.Rollouts.SetTrafficAsync(Name, TrafficConfig.All("champion")), "Ask for MANAGE on the model service"),
            (() => Services.CreateAsync(new("system.ai.mine", ModelServiceConfig.To(ModelServiceDestination.ToModel("a", "system.ai.x")))),
                "Ask for CREATE SERVICE"),
            (() => Services.DeleteAsync("system.ai.kimi-k3"), "The destinations of services in system.ai cannot be changed."),
        })
        {
            var exception = await Assert.ThrowsAsync<DatabricksServingException>(call);
            Assert.Equal(DatabricksServingErrorKind.PermissionDenied, exception.Kind);
            Assert.Contains(hint, exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(Name, (await principal.GetAsync(Name)).Name);
    }

    [Fact]
    public async Task Without_a_gateway_the_reason_is_given()
    {
        await using var workspace = await EmulatedServices.StartAsync(options => options.Workspace = EmulatedWorkspace.Sovereign);

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => workspace.Services.ListAsync());

        Assert.Equal(DatabricksServingErrorKind.GatewayUnavailable, exception.Kind);
    }

    private static async Task<DatabricksServingErrorKind?> FailureAsync(DatabricksServingClient serving)
    {
        try
        {
            await serving.GetChatClient(Name).GetResponseAsync("Hello");
            return null;
        }
        catch (DatabricksServingException exception)
        {
            return exception.Kind;
        }
    }
}
