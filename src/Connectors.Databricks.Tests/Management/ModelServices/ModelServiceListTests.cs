using System.Net;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.ModelServices;

/// <summary>The list of model services is read to its end, or says why it was not.</summary>
public class ModelServiceListTests
{
    private const string Path = "/api/2.1/unity-catalog/model-services";
    private const string Canceled = """{"error_code":"CANCELLED","message":""}""";

    [Fact]
    public async Task List_reads_every_page_also_after_an_empty_one()
    {
        var service = new VerbatimService { HasModelServices = true }
            .Answers("""{"model_services":[],"next_page_token":"a/1"}""")
            .Answers($$"""{"model_services":[{{ModelServiceRoutesTests.Answer}}],"next_page_token":"b"}""")
            .Answers("""{"model_services":[{"name":"model-services/main.ai.other"}]}""");

        var services = await service.Client().GetManagementClient().ModelServices.ListAsync("main.ai");

        Assert.Equal(["main.ai.chat", "main.ai.other"], services.Select(one => one.Name));
        Assert.Equal(
            [
                $"{Path}?parent=schemas%2Fmain.ai&page_size=100&view=FULL",
                $"{Path}?parent=schemas%2Fmain.ai&page_size=100&view=FULL&page_token=a%2F1",
                $"{Path}?parent=schemas%2Fmain.ai&page_size=100&view=FULL&page_token=b",
            ],
            service.Sent.Select(sent => sent.Uri.PathAndQuery));
    }

    [Fact]
    public async Task List_ends_when_a_host_repeats_its_token()
    {
        var service = new VerbatimService { HasModelServices = true };
        for (var page = 0; page < 3; page++)
        {
            service.Answers("""{"model_services":[{"name":"model-services/main.ai.chat"}],"next_page_token":"same"}""");
        }

        var services = await service.Client().GetManagementClient().ModelServices.ListAsync();

        Assert.Equal(2, service.Sent.Count);
        Assert.Equal($"{Path}?page_size=100&view=FULL", service.Sent[0].Uri.PathAndQuery);
        Assert.Equal("main.ai.chat", Assert.Single(services).Name);
        Assert.Equal("The list of model services may be incomplete: the workspace repeats a page token.", Assert.Single(services.Notes));
    }

    [Fact]
    public async Task List_asks_for_smaller_pages_when_one_is_canceled()
    {
        var service = new VerbatimService { HasModelServices = true }
            .Answers("""{"model_services":[],"next_page_token":"b"}""")
            .Answers(Canceled, (HttpStatusCode)499)
            .Answers("""{"model_services":[{"name":"model-services/a.b.c"}],"next_page_token":"c"}""")
            .Answers(Canceled, (HttpStatusCode)499)
            .Answers("{}");

        var services = await service.Client().GetManagementClient().ModelServices.ListAsync();

        Assert.Equal(("a.b.c", 0), (Assert.Single(services).Name, services.Notes.Count));
        Assert.Equal(
            ["100", "100&b", "20&b", "20&c", "5&c"],
            service.Sent.Select(sent => sent.Uri.Query.Replace("?page_size=", "", StringComparison.Ordinal)
                .Replace("&view=FULL", "", StringComparison.Ordinal).Replace("page_token=", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task List_fails_when_even_the_smallest_page_is_canceled()
    {
        var service = new VerbatimService { HasModelServices = true };
        for (var size = 0; size < 3; size++)
        {
            service.Answers(Canceled, (HttpStatusCode)499);
        }

        var failure = await Managing.Fails(service, management => management.ModelServices.ListAsync());

        Assert.EndsWith("Try again.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_without_an_end_is_left_with_a_note()
    {
        var service = new VerbatimService { HasModelServices = true };
        for (var page = 0; page < 100; page++)
        {
            service.Answers($$"""{"model_services":[{"name":"model-services/a.b.s{{page}}"}],"next_page_token":"{{page}}"}""");
        }

        var services = await service.Client().GetManagementClient().ModelServices.ListAsync("a.b");

        Assert.Equal((100, "The list of model services may be incomplete: it has more than 100 pages."),
            (services.Count, Assert.Single(services.Notes)));
    }

    [Fact]
    public async Task List_fails_with_a_later_page()
    {
        var service = new VerbatimService { HasModelServices = true }
            .Answers("""{"model_services":[],"next_page_token":"b"}""")
            .Answers("""{"error_code":"PERMISSION_DENIED","message":"No."}""", HttpStatusCode.Forbidden);

        var failure = await Managing.Fails(service, management => management.ModelServices.ListAsync());

        Assert.Equal(DatabricksServingErrorKind.PermissionDenied, failure.Kind);
    }

    [Fact]
    public async Task List_of_a_host_that_requires_a_schema_has_that_of_Databricks_and_a_note()
    {
        var service = new VerbatimService { HasModelServices = true }
            .Answers("""{"error_code":"INVALID_PARAMETER_VALUE","message":"parent"}""", HttpStatusCode.BadRequest)
            .Answers("""{"model_services":[null,{"name":"model-services/system.ai.x"}]}""");

        var services = await service.Client().GetManagementClient().ModelServices.ListAsync();

        Assert.Equal($"{Path}?parent=schemas%2Fsystem.ai&page_size=100&view=FULL", service.Sent[1].Uri.PathAndQuery);
        Assert.Equal(
            ("system.ai.x", "model_services[0] is null"), (Assert.Single(services).Name, Assert.Single(services.Unreadable)));
        Assert.Equal("Only the model services of system.ai are listed: the workspace requires a schema.", Assert.Single(services.Notes));
    }
}
