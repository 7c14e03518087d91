using System.Net;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management;

public sealed class CreateIfNotExistsTests : IDisposable
{
    private const string None = """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"No."}""";
    private const string Taken = """{"error_code":"RESOURCE_ALREADY_EXISTS","message":"Serving endpoint with name churn already exists"}""";

    private readonly VerbatimService _service = new();

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task One_that_is_there_is_left_as_it_is()
    {
        _service.Answers(Managing.Ready);

        Assert.True((await Create()).IsReady);
        Assert.Equal(["GET"], Methods);
    }

    [Fact]
    public async Task One_that_is_not_there_is_created()
    {
        _service.Answers(None, HttpStatusCode.NotFound).Answers("""{"name":"churn","id":"new"}""");

        Assert.Equal("new", (await Create()).Id);
        Assert.Equal(["GET", "POST"], Methods);
    }

    [Fact]
    public async Task An_endpoint_that_is_created_concurrently_exists()
    {
        _service.Answers(None, HttpStatusCode.NotFound).Answers(Taken, HttpStatusCode.Conflict)
            .Answers("""{"name":"churn","id":"theirs"}""");

        Assert.Equal("theirs", (await Create()).Id);
        Assert.Equal(["GET", "POST", "GET"], Methods);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.OK)]
    public async Task The_code_says_that_an_endpoint_exists_whatever_the_status(HttpStatusCode status)
    {
        _service.Answers(None, HttpStatusCode.NotFound).Answers(Taken, status).Answers("""{"name":"churn","id":"theirs"}""");

        Assert.Equal("theirs", (await Create()).Id);
    }

    [Fact]
    public async Task A_conflict_of_another_kind_is_the_failure()
    {
        _service.Answers(None, HttpStatusCode.NotFound)
            .Answers("""{"error_code":"RESOURCE_LIMIT_EXCEEDED","message":"Too many."}""", HttpStatusCode.Conflict);

        Assert.Equal("RESOURCE_LIMIT_EXCEEDED", (await Fails()).ErrorCode);
        Assert.Equal(["GET", "POST"], Methods);
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.Unknown)]
    public async Task A_create_whose_answer_is_lost_is_looked_after(HttpRequestError error)
    {
        _service.Answers(None, HttpStatusCode.NotFound).Throws(new HttpRequestException(error, "Reset."))
            .Answers("""{"name":"churn","id":"mine"}""");

        Assert.Equal("mine", (await Create()).Id);
    }

    [Fact]
    public async Task A_create_that_did_not_arrive_is_the_failure()
    {
        _service.Answers(None, HttpStatusCode.NotFound).Throws(new HttpRequestException(HttpRequestError.ResponseEnded, "Reset."))
            .Answers(None, HttpStatusCode.NotFound);

        Assert.StartsWith("Creating endpoint 'churn' failed:", (await Fails()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_that_fails_after_it_does_not_hide_the_failure()
    {
        _service.Answers(None, HttpStatusCode.NotFound).Answers("", HttpStatusCode.GatewayTimeout).Answers("", HttpStatusCode.Forbidden);

        Assert.StartsWith("Creating endpoint 'churn' failed: 504", (await Fails()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_create_that_is_refused_fails_at_once()
    {
        _service.Answers(None, HttpStatusCode.NotFound)
            .Answers("""{"error_code":"INVALID_PARAMETER_VALUE","message":"No."}""", HttpStatusCode.BadRequest);

        Assert.Equal("INVALID_PARAMETER_VALUE", (await Fails()).ErrorCode);
        Assert.Equal(["GET", "POST"], Methods);
    }

    [Fact]
    public async Task A_definition_that_cannot_be_right_is_refused_also_when_the_endpoint_is_there()
    {
        await Assert.ThrowsAsync<ArgumentException>("definition", () =>
            _service.Client().GetManagementClient().CreateIfNotExistsAsync(new("a b")));
        Assert.Empty(_service.Sent);
    }

    private IEnumerable<string> Methods => _service.Sent.Select(sent => sent.Method);

    private Task<ServingEndpoint> Create() => _service.Client().GetManagementClient().CreateIfNotExistsAsync(new("churn"));

    private Task<DatabricksServingException> Fails() => Assert.ThrowsAsync<DatabricksServingException>(Create);
}
