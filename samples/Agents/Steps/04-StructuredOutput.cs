using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Agents.Steps;

/// <summary>Structured output: extracts a record from an email with the JSON schema of the record.</summary>
internal sealed partial class StructuredOutput : IStep
{
    private const string Mail = """
        The customer is Grace Hopper, and she writes again: order A-1042 arrived broken, and the phone line is busy.
        Quantity: 3. Treat the priority as high.
        """;

    public string Title => "Structured output";

    public async Task RunAsync(Workspace workspace)
    {
        IChatClient chat = workspace.Chat(Endpoints.Llama);
        var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema<Ticket>(TicketJson.Default.Options) };

        ChatResponse response = await chat.GetResponseAsync(Mail, options);
        Ticket? ticket = JsonSerializer.Deserialize(response.Text, TicketJson.Default.Ticket);

        Console.WriteLine($"wire    {response.Text}");
        Console.WriteLine($"record  {ticket}");

        StepFailedException.Unless(ticket is not null, "The response is the JSON literal null.");
        StepFailedException.Unless(ticket.OrderId == "A-1042", $"The order is '{ticket.OrderId}', not 'A-1042'.");
        StepFailedException.Unless(ticket.Customer == "Grace Hopper", $"The customer is '{ticket.Customer}', not 'Grace Hopper'.");
        StepFailedException.Unless(ticket.Quantity == 3, $"The quantity is {ticket.Quantity}, not 3.");
        StepFailedException.Unless(ticket.Priority == Priority.High, $"The priority is {ticket.Priority}, not high.");
    }

    private sealed record Ticket(
        [property: Description("The number of the order, as it is written.")] string OrderId,
        string Customer,
        int Quantity,
        Priority Priority);

    private enum Priority
    {
        Low,
        Normal,
        High,
    }

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
    [JsonSerializable(typeof(Ticket))]
    private sealed partial class TicketJson : JsonSerializerContext;
}
