using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.Permissions;

/// <summary>The routes of permissions, whose object is the id of the endpoint, with both documents.</summary>
public class PermissionRoutesTests
{
    private const string Answer =
        """
        {"object_id":"/serving-endpoints/2b5f","object_type":"serving-endpoint",
         "access_control_list":[
           {"user_name":"a@example.com","display_name":"Ada","all_permissions":[{"permission_level":"CAN_QUERY","inherited":false}]},
           {"group_name":"admins","all_permissions":[{"permission_level":"CAN_MANAGE","inherited":true,"inherited_from_object":["/serving-endpoints/"]}]}]}
        """;

    private const string Endpoint = """{"name":"churn","id":"2b5f","state":{"ready":"READY","config_update":"NOT_UPDATING"}}""";

    private const string Grants =
        """
        {"access_control_list":[{"user_name":"a@example.com","permission_level":"CAN_QUERY"},{"group_name":"data","permission_level":"CAN_VIEW"},
          {"service_principal_name":"app-1","permission_level":"CAN_MANAGE"}]}
        """;

    private static readonly EndpointGrant[] All =
    [
        EndpointGrant.ToUser("a@example.com", EndpointPermissionLevel.CanQuery),
        EndpointGrant.ToGroup("data", EndpointPermissionLevel.CanView),
        EndpointGrant.ToServicePrincipal("app-1", EndpointPermissionLevel.CanManage),
    ];

    [Fact]
    public async Task Get()
    {
        var permissions = await Exchange(
            "GET /api/2.0/permissions/serving-endpoints/2b5f", request: null, Answer, permissions => permissions.GetAsync("churn"));

        Assert.Equal(("/serving-endpoints/2b5f", "serving-endpoint"), (permissions.ObjectId, permissions.ObjectType));
        var (user, group) = (permissions.AccessControl[0], permissions.AccessControl[1]);
        Assert.Equal(("a@example.com", "Ada", null, null), (user.UserName, user.DisplayName, user.GroupName, user.ServicePrincipalName));
        Assert.Equal((EndpointPermissionLevel.CanQuery, false), (user.Permissions[0].Level, user.Permissions[0].Inherited));
        Assert.Empty(user.Permissions[0].InheritedFromObject);
        Assert.Equal(("admins", EndpointPermissionLevel.CanManage, true),
            (group.GroupName, group.Permissions[0].Level, group.Permissions[0].Inherited));
        Assert.Equal(["/serving-endpoints/"], group.Permissions[0].InheritedFromObject);
    }

    [Fact]
    public async Task Levels()
    {
        var levels = await Exchange(
            "GET /api/2.0/permissions/serving-endpoints/2b5f/permissionLevels",
            request: null,
            """{"permission_levels":[{"permission_level":"CAN_QUERY","description":"Can query the endpoint"}]}""",
            permissions => permissions.GetLevelsAsync("churn"));

        Assert.Equal((EndpointPermissionLevel.CanQuery, "Can query the endpoint"), (levels[0].Level, levels[0].Description));
    }

    [Fact]
    public async Task Set_replaces() => Assert.Equal(2, (await Exchange(
        "PUT /api/2.0/permissions/serving-endpoints/2b5f", Grants, Answer, permissions =>
            permissions.SetAsync("churn", All))).AccessControl.Count);

    [Fact]
    public async Task Update_merges() => Assert.Equal(2, (await Exchange(
        "PATCH /api/2.0/permissions/serving-endpoints/2b5f", Grants, Answer, permissions =>
            permissions.UpdateAsync("churn", All))).AccessControl.Count);

    [Fact]
    public async Task A_failure_names_the_endpoint()
    {
        var exception = await Managing.Fails(
            new VerbatimService().Answers(Endpoint)
                .Answers("""{"error_code":"PERMISSION_DENIED","message":"No."}""", System.Net.HttpStatusCode.Forbidden),
            endpoints => endpoints.Permissions.SetAsync("churn", All));

        Assert.Equal(
            "Setting the permissions of endpoint 'churn' failed: 403 Forbidden, PERMISSION_DENIED: \"No.\" " +
            "Ask for CAN_MANAGE on the endpoint, and check that the credential has the scope model-serving.",
            exception.Message);
        Assert.Equal("churn", exception.EndpointName);
    }

    [Fact]
    public async Task Without_an_id_nothing_is_sent_to_another_object()
    {
        var service = new VerbatimService().Answers(Managing.Ready);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => service.Client().GetManagementClient().Permissions.GetAsync("churn"));

        Assert.Equal(
            "The service reports no id of endpoint 'churn', so its permissions cannot be read or changed: it is an endpoint of Databricks.",
            exception.Message);
        Assert.Single(service.Sent);
    }

    private static async Task<T> Exchange<T>(string line, string? request, string response, Func<EndpointPermissionsClient, Task<T>> call)
    {
        var service = new VerbatimService().Answers(Endpoint).Answers(response);
        var result = await call(service.Client().GetManagementClient().Permissions);
        Assert.Equal(2, service.Sent.Count);
        Managing.AssertSent("GET /api/2.0/serving-endpoints/churn", request: null, service.Sent[0]);
        Managing.AssertSent(line, request, service.Sent[1]);
        return result;
    }
}
