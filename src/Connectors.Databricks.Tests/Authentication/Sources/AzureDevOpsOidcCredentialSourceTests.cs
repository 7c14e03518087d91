using System.Net;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Sources;

/// <summary>A pipeline of Azure DevOps (authentication reference §6.8).</summary>
public class AzureDevOpsOidcCredentialSourceTests
{
    private const string Path =
        "https://dev.azure.com/some-org/some-project/_apis/distributedtask/hubs/build/plans/some-plan/jobs/some-job/oidctoken";
    private const string Asking = $"Requesting an identity token from Azure DevOps: {Path}";

    private const string Form =
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange" +
        "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt" +
        "&subject_token=";

    [Fact]
    public async Task Azure_DevOps_is_asked_for_an_identity_token_and_that_is_exchanged()
    {
        var machine = Machine();

        var token = await machine.Token();

        Assert.Equal(new DatabricksAccessToken("some-access-token", machine.Clock.GetUtcNow().AddHours(1)), token);
        Assert.Equal(
            [
                $"""
                POST {Path}?api-version=7.2-preview.1
                Accept: application/json
                Authorization: Bearer some-pipeline-token
                """,
                $"""
                POST https://some-workspace.cloud.databricks.com/oidc/v1/token
                Accept: application/json
                Content-Type: application/x-www-form-urlencoded

                {Form}first-jwt&scope=all-apis
                """,
            ],
            machine.Sent.Where(sent => sent.Method == "POST").Select(sent => sent.Text));
    }

    [Fact]
    public async Task Each_exchange_has_an_identity_token_of_its_own()
    {
        var machine = Machine().Answers(Path, """{"oidcToken":"second-jwt"}""").With("DATABRICKS_CLIENT_ID", "some-client");

        await machine.TwoTokens();

        Assert.Equal(
            [$"{Form}first-jwt&scope=all-apis&client_id=some-client", $"{Form}second-jwt&scope=all-apis&client_id=some-client"],
            machine.Sent.Where(sent => sent.Address == LogIn.TokenEndpoint).Select(sent => sent.Body));
    }

    [Theory]
    [InlineData("https://dev.azure.com/some-org")]
    [InlineData("https://dev.azure.com/some-org/")]
    [InlineData("https://dev.azure.com/some-org//")]
    public async Task The_collections_address_may_end_with_a_slash(string collection)
    {
        var machine = Machine().With("SYSTEM_TEAMFOUNDATIONCOLLECTIONURI", collection);

        await machine.Token();

        Assert.Equal($"{Path}?api-version=7.2-preview.1", machine.Sent[0].Address);
    }

    [Fact]
    public async Task A_variable_cannot_lead_to_another_path()
    {
        var machine = Machine().With("SYSTEM_JOBID", "../x?y");

        await Assert.ThrowsAsync<DatabricksCredentialException>(() => machine.Token());

        Assert.Equal(
            "https://dev.azure.com/some-org/some-project/_apis/distributedtask/hubs/build/plans/some-plan/jobs/" +
            "..%2Fx%3Fy/oidctoken?api-version=7.2-preview.1",
            machine.Sent[0].Address);
    }

    [Theory]
    [InlineData("SYSTEM_ACCESSTOKEN", "SYSTEM_ACCESSTOKEN not set; map $(System.AccessToken) to it in the step's env")]
    [InlineData("SYSTEM_TEAMFOUNDATIONCOLLECTIONURI", "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI not set")]
    [InlineData("SYSTEM_TEAMPROJECTID", "SYSTEM_TEAMPROJECTID not set")]
    [InlineData("SYSTEM_PLANID", "SYSTEM_PLANID not set")]
    [InlineData("SYSTEM_JOBID", "SYSTEM_JOBID not set")]
    [InlineData("SYSTEM_HOSTTYPE", "SYSTEM_HOSTTYPE not set")]
    [InlineData("SYSTEM_ACCESSTOKEN SYSTEM_JOBID", "SYSTEM_ACCESSTOKEN and SYSTEM_JOBID not set")]
    public async Task What_is_missing_is_named_and_no_request_is_sent(string missing, string reason)
    {
        var machine = Machine();
        foreach (var name in missing.Split(' '))
        {
            machine.With(name, "");
        }

        Assert.Equal(($"Declined: environment variable {reason}", 0), (await machine.Refusal(), machine.Sent.Count));
    }

    [Theory]
    [InlineData(401, "", Asking + " returned 401 Unauthorized")]
    [InlineData(
        403, """{"$id":"1","message":"some-pipeline-token may not.","errorCode":0}""", Asking + " returned 403 Forbidden: *** may not.")]
    [InlineData(200, """{"value":"x"}""", "Requesting an identity token from Azure DevOps: the response has no 'oidcToken'.")]
    [InlineData(203, "<html>Sign in</html>", Asking + " returned 203 without a JSON object.")]
    public async Task A_refusal_of_Azure_DevOps_says_what_it_said(int status, string body, string reason) =>
        Assert.Equal($"Failed: {reason}", await Variables().Answers(Path, body, (HttpStatusCode)status).Refusal());

    [Theory]
    [InlineData("some-org", "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI is not an address.")]
    public async Task A_collection_that_is_no_address_is_refused(string collection, string reason) =>
        Assert.Equal($"Failed: {reason}", await Variables().With("SYSTEM_TEAMFOUNDATIONCOLLECTIONURI", collection).Refusal());

    private static FakePlatform Variables() => LogIn.MachineFor("azure-devops-oidc")
        .With("SYSTEM_ACCESSTOKEN", "some-pipeline-token")
        .With("SYSTEM_TEAMFOUNDATIONCOLLECTIONURI", "https://dev.azure.com/some-org/")
        .With("SYSTEM_TEAMPROJECTID", "some-project")
        .With("SYSTEM_PLANID", "some-plan")
        .With("SYSTEM_JOBID", "some-job")
        .With("SYSTEM_HOSTTYPE", "build");

    private static FakePlatform Machine() => Variables().WithOAuth()
        .Answers(Path, """{"oidcToken":"first-jwt"}""")
        .Answers(LogIn.TokenEndpoint, LogIn.Answer);
}
