using Connectors.Databricks.Endpoints;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Endpoints;

/// <summary>The routes of permissions, which go by id, with both documents.</summary>
public class PermissionRoutesTests
{
    private const string Answer =
        """
        {"object_id":"/serving-endpoints/2b5f","object_type":"serving-endpoint",
         "access_control_list":[
           {"user_name":"a@example.com","display_name":"Ada","all_permissions":[{"permission_level":"CAN_QUERY","inherited":false}]},
           {"group_name":"admins","all_permissions":[{"permission_level":"CAN_MANAGE","inherited":true,"inherited_from_object":["/serving-endpoints/"]}]}]}
        """;

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
        var permissions = await Managing.Exchange(
            "GET /api/2.0/permissions/serving-endpoints/2b5f", request: null, Answer, endpoints => endpoints.GetPermissionsAsync("2b5f"));

        Assert.Equal(("/serving-endpoints/2b5f", "serving-endpoint"), (permissions.ObjectId, permissions.ObjectType));
        var (user, group) = (permissions.AccessControl[0], permissions.AccessControl[1]);
        Assert.Equal(("a@example.com", "Ada", null, null), (user.UserName, user.DisplayName, user.GroupName, user.ServicePrincipalName));
        Assert.Equal((EndpointPermissionLevel.CanQuery, false), (user.Permissions[0].Level, user.Permissions[0].Inherited));
        Assert.Empty(user.Permissions[0].InheritedFromObject);
        Assert.Equal(("admins", EndpointPermissionLevel.CanManage, true), (group.GroupName, group.Permissions[0].Level, group.Permissions[0].Inherited));
        Assert.Equal(["/serving-endpoints/"], group.Permissions[0].InheritedFromObject);
    }

    [Fact]
    public async Task Levels()
    {
        var levels = await Managing.Exchange(
            "GET /api/2.0/permissions/serving-endpoints/2b5f/permissionLevels",
            request: null,
            """{"permission_levels":[{"permission_level":"CAN_QUERY","description":"Can query the endpoint"}]}""",
            endpoints => endpoints.GetPermissionLevelsAsync("2b5f"));

        Assert.Equal((EndpointPermissionLevel.CanQuery, "Can query the endpoint"), (levels[0].Level, levels[0].Description));
    }

    [Fact]
    public async Task Set_replaces() => Assert.Equal(2, (await Managing.Exchange(
        "PUT /api/2.0/permissions/serving-endpoints/2b5f", Grants, Answer, endpoints => endpoints.SetPermissionsAsync("2b5f", All))).AccessControl.Count);

    [Fact]
    public async Task Update_merges() => Assert.Equal(2, (await Managing.Exchange(
        "PATCH /api/2.0/permissions/serving-endpoints/2b5f", Grants, Answer, endpoints => endpoints.UpdatePermissionsAsync("2b5f", All))).AccessControl.Count);

    [Fact]
    public async Task A_failure_names_the_id()
    {
        var exception = await Managing.Fails(
            new VerbatimService().Answers("""{"error_code":"PERMISSION_DENIED","message":"No."}""", System.Net.HttpStatusCode.Forbidden),
            endpoints => endpoints.SetPermissionsAsync("2b5f", All));

        Assert.Equal(
            "Setting the permissions of the endpoint with id '2b5f' failed: 403 Forbidden, PERMISSION_DENIED: \"No.\" " +
            "Ask for CAN_MANAGE on the endpoint, and check that the credential has the scope model-serving.",
            exception.Message);
        Assert.Null(exception.EndpointName);
    }
}
