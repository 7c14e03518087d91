using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.Security;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management;

/// <summary>A gateway that answers 200 and says in the body that the request failed.</summary>
public class ErrorsInOkBodyTests
{
    private const string Error = """{"error_code":"INTERNAL_ERROR","message":"The backend failed."}""";

    [Fact]
    public async Task Every_call_of_the_management_and_the_SQL_client_fails()
    {
        var service = new VerbatimService();
        foreach (var (name, call) in EveryMethod.Of(service.Client(), "some-key"))
        {
            service.Answers(Error);

            var failure = await Record.ExceptionAsync(call);
            Assert.True(failure is DatabricksServingException, $"{name}: {failure?.GetType().Name ?? "success"}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("OK")]
    [InlineData("{")]
    [InlineData("""{"error":null}""")]
    public async Task A_request_that_asks_for_nothing_back_accepts_any_other_answer(string answer)
    {
        await new VerbatimService().Answers(answer).Client().GetManagementClient().DeleteAsync("some-endpoint");
        await new VerbatimService().Answers(answer).Client().GetManagementClient().StartAsync("some-endpoint");
        await new VerbatimService().Answers(answer).Client().GetManagementClient().StopAsync("some-endpoint");
    }
}
