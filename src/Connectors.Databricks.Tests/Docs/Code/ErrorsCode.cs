using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/errors.md. Each public method runs on the emulator as a test.</summary>
internal static class ErrorsCode
{
    public static async Task Catch(IChatClient chat)
    {
        // <catch>
        try
        {
            Console.WriteLine(await chat.GetResponseAsync("Hello!"));
        }
        catch (DatabricksServingException exception) when (exception.Guardrail is not null)
        {
            Console.WriteLine("Let us talk about something else.");
        }
        catch (DatabricksServingException exception) when (exception.IsTransient)
        {
            Console.WriteLine($"Busy; try again in {exception.RetryAfter ?? TimeSpan.FromMinutes(1)}.");
        }
        catch (DatabricksServingException exception)
        {
            Console.WriteLine($"{exception.ErrorCode}: {exception.Message}");
            throw;
        }
        // </catch>
    }

    internal static DatabricksServingClient Settings(Uri host, string token)
    {
        // <settings>
        var serving = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = host,
            Credential = DatabricksCredential.FromToken(token),
            Resilience =
            {
                Retry = new() { MaxRetryAttempts = 4 },
                TotalRequestTimeout = new() { Timeout = TimeSpan.FromMinutes(2) },
            },
            StreamIdleTimeout = TimeSpan.FromSeconds(30),
        });
        // </settings>
        return serving;
    }

    internal static DatabricksServingClient OwnClient(Uri host, string token, HttpClient httpClient)
    {
        // <own-client>
        httpClient.Timeout = Timeout.InfiniteTimeSpan;   // its 100 seconds would end long answers
        var serving = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = host,
            Credential = DatabricksCredential.FromToken(token),
            HttpClient = httpClient,
            Resilience = { Retry = null },   // when a handler of yours retries
        });
        // </own-client>
        return serving;
    }
}
