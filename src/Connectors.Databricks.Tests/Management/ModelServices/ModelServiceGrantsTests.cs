using System.Net;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.ModelServices;

/// <summary>The permissions API of Unity Catalog for model services, with both documents.</summary>
public class ModelServiceGrantsTests
{
    private const string Path = "/api/2.1/unity-catalog/permissions/model_service/main.ai.chat";

    private const string Answer =
        """
        {"privilege_assignments":[null,{"principal":"analysts","privileges":["EXECUTE","NEW_PRIVILEGE"]},{"principal":"a@example.com"}]}
        """;

    [Fact]
    public async Task Get_reads_every_page()
    {
        var service = new VerbatimService { HasModelServices = true }.Answers("""{"next_page_token":"p 2"}""").Answers(Answer);

        var grants = await service.Client().GetManagementClient().ModelServices.Grants.GetAsync("main.ai.chat");

        Assert.Equal(["analysts: EXECUTE, NEW_PRIVILEGE", "a@example.com: "], grants.Select(grant => grant.ToString()));
        Assert.Equal(
            [$"{Path}?max_results=0", $"{Path}?max_results=0&page_token=p%202"], service.Sent.Select(sent => sent.Uri.PathAndQuery));
    }

    [Fact]
    public async Task A_part_of_the_grants_is_a_failure()
    {
        var repeats = new VerbatimService { HasModelServices = true }
            .Answers("""{"next_page_token":"again"}""").Answers("""{"next_page_token":"again"}""");
        var breaks = new VerbatimService { HasModelServices = true }.Answers("""{"next_page_token":"b"}""")
            .Answers("""{"error_code":"PERMISSION_DENIED","message":"No."}""", HttpStatusCode.Forbidden);

        var repeated = await Managing.Fails(repeats, management => management.ModelServices.Grants.GetAsync("main.ai.chat"));
        var broken = await Managing.Fails(breaks, management => management.ModelServices.Grants.GetEffectiveAsync("main.ai.chat"));

        Assert.Equal(
            "Getting the grants on model service 'main.ai.chat' failed: a list of grants that may be incomplete: the workspace repeats a " +
            "page token. Try again, or give the request id to Databricks support.",
            repeated.Message);
        Assert.Equal(DatabricksServingErrorKind.PermissionDenied, broken.Kind);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("a@example.com", "principal=a%40example.com&")]
    public async Task Effective_grants_name_their_origin(string? principal, string query)
    {
        var grants = await Managing.Exchange(
            $"GET /api/2.1/unity-catalog/effective-permissions/model_service/main.ai.chat?{query}max_results=0",
            request: null,
            """
            {"privilege_assignments":[{"principal":"a@example.com","privileges":[{"privilege":"EXECUTE"},
              {"privilege":"USE_SCHEMA","inherited_from_type":"SCHEMA","inherited_from_name":"main.ai"}]}]}
            """,
            management => management.ModelServices.Grants.GetEffectiveAsync("main.ai.chat", principal));

        var (own, inherited) = (grants[0].Privileges[0], grants[0].Privileges[1]);
        Assert.Equal("a@example.com: EXECUTE, USE_SCHEMA (from SCHEMA main.ai)", grants[0].ToString());
        Assert.Equal((ModelServicePrivilege.Execute, null), (own.Privilege, own.InheritedFromName));
        Assert.Equal(
            ("USE_SCHEMA", "SCHEMA", "main.ai"),
            (inherited.Privilege.Value, inherited.InheritedFromType, inherited.InheritedFromName));
    }

    [Fact]
    public async Task Execute_is_granted() => Assert.Equal(2, (await Managing.Exchange(
        $"PATCH {Path}", """{"changes":[{"principal":"analysts","add":["EXECUTE"]}]}""", Answer,
        management => management.ModelServices.Grants.GrantExecuteAsync("main.ai.chat", "analysts"))).Count);

    [Fact]
    public async Task Execute_is_revoked() => await Managing.Exchange(
        $"PATCH {Path}", """{"changes":[{"principal":"analysts","remove":["EXECUTE"]}]}""", "{}",
        management => management.ModelServices.Grants.RevokeExecuteAsync("main.ai.chat", "analysts"));

    [Fact]
    public async Task Several_changes_are_sent_at_once() => await Managing.Exchange(
        $"PATCH {Path}",
        """{"changes":[{"principal":"a","add":["EXECUTE","MANAGE"]},{"principal":"b","remove":["ALL_PRIVILEGES"]}]}""",
        Answer,
        management => management.ModelServices.Grants.UpdateAsync("main.ai.chat",
        [
            ModelServiceGrantChange.Grant("a", ModelServicePrivilege.Execute, ModelServicePrivilege.Manage),
            ModelServiceGrantChange.Revoke("b", ModelServicePrivilege.AllPrivileges),
        ]));

    [Fact]
    public async Task A_missing_permission_is_explained() => Assert.Equal(
        "Updating the grants on model service 'main.ai.chat' failed: 403 Forbidden, PERMISSION_DENIED: \"No.\" Ask for MANAGE on the " +
        "model service, or its owner to change it, and for USE CATALOG and USE SCHEMA on its catalog and schema. The destinations of " +
        "services in system.ai cannot be changed. OAuth tokens need the scope unity-catalog.",
        (await Managing.Fails(
            new VerbatimService { HasModelServices = true }
                .Answers("""{"error_code":"PERMISSION_DENIED","message":"No."}""", HttpStatusCode.Forbidden),
            management => management.ModelServices.Grants.GrantExecuteAsync("main.ai.chat", "a"))).Message);
}
